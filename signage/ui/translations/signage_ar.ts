<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>BoardCall</name>
    <message>
        <source>Now calling</source>
        <translation>الرقم المطلوب الآن</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>الشباك</translation>
    </message>
    <message>
        <source>Go left</source>
        <translation>إلى اليسار</translation>
    </message>
    <message>
        <source>Go right</source>
        <translation>إلى اليمين</translation>
    </message>
    <message>
        <source>Straight ahead</source>
        <translation>إلى الأمام</translation>
    </message>
    <message>
        <source>Go upstairs</source>
        <translation>إلى الأعلى</translation>
    </message>
    <message>
        <source>Go downstairs</source>
        <translation>إلى الأسفل</translation>
    </message>
    <message>
        <source>Please take a seat. Your number will be called here.</source>
        <translation>تفضّل بالجلوس. سيظهر رقمك هنا عند مناداته.</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>Called before</source>
        <translation>الأرقام السابقة</translation>
    </message>
</context>
<context>
    <name>OfflinePage</name>
    <message>
        <source>This screen is not up to date</source>
        <translation>هذه الشاشة غير محدّثة</translation>
    </message>
    <message>
        <source>Not connected since %1</source>
        <translation>لا اتصال منذ الساعة %1</translation>
    </message>
    <message>
        <source>Your place is safe. Keep your ticket.</source>
        <translation>دورك محفوظ. احتفظ بتذكرتك.</translation>
    </message>
    <message>
        <source>Wait here. Staff will come to you.</source>
        <translation>انتظر هنا. سيأتي إليك أحد الموظفين.</translation>
    </message>
</context>
</TS>
