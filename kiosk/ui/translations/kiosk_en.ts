<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>IdlePage</name>
    <message numerus="yes">
        <source>In %n seconds this kiosk will clear your information and start again.</source>
        <translation>
            <numerusform>In %n second this kiosk will clear your information and start again.</numerusform>
            <numerusform>In %n seconds this kiosk will clear your information and start again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message numerus="yes">
        <source>%n visits before you</source>
        <translation>
            <numerusform>%n visit before you</numerusform>
            <numerusform>%n visits before you</numerusform>
        </translation>
    </message>
</context>
</TS>
