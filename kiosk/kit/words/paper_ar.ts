<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Paper</name>
    <message>
        <source>Your number</source>
        <translation>رقمك</translation>
    </message>
    <message>
        <source>Your steps</source>
        <translation>خطواتك</translation>
    </message>
    <message>
        <source>Scan this with a phone to see your place.</source>
        <translation>صوّر هذا الرمز بهاتفك لترى دورك.</translation>
    </message>
    <message>
        <source>Keep this ticket. It does not show your name.</source>
        <translation>احتفظ بهذه التذكرة. لا يظهر عليها اسمك.</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>لا أحد قبلك</translation>
    </message>
    <message numerus="yes">
        <source>%n visits before you</source>
        <translation>
            <numerusform>لا أحد قبلك</numerusform>
            <numerusform>زيارة واحدة قبلك</numerusform>
            <numerusform>زيارتان قبلك</numerusform>
            <numerusform>%n زيارات قبلك</numerusform>
            <numerusform>%n زيارة قبلك</numerusform>
            <numerusform>%n زيارة قبلك</numerusform>
        </translation>
    </message>
</context>
</TS>
