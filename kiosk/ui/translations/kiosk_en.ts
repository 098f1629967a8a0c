<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BringPage</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>One more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Go on: %n are missing</source>
        <translation>
            <numerusform>Go on: %n is missing</numerusform>
            <numerusform>Go on: %n are missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BookingWords</name>
    <message numerus="yes">
        <source>Please wait %n minutes, or ask staff.</source>
        <translation>
            <numerusform>Please wait %n minute, or ask staff.</numerusform>
            <numerusform>Please wait %n minutes, or ask staff.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompanyPage</name>
    <message numerus="yes">
        <source>Are all %n of you here?</source>
        <translation>
            <numerusform>Are you here?</numerusform>
            <numerusform>Are all %n of you here?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people: go on</source>
        <translation>
            <numerusform>%n person: go on</numerusform>
            <numerusform>%n people: go on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>For %n person</numerusform>
            <numerusform>For %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayPage</name>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n number before you</numerusform>
            <numerusform>%n numbers before you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message numerus="yes">
        <source>%n are read</source>
        <translation>
            <numerusform>%n is read</numerusform>
            <numerusform>%n are read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeePage</name>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>For %n person</numerusform>
            <numerusform>For %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message numerus="yes">
        <source>Called %n minutes ago</source>
        <translation>
            <numerusform>Called %n minute ago</numerusform>
            <numerusform>Called %n minutes ago</numerusform>
        </translation>
    </message>
</context>
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
    <name>MorePage</name>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>For %n person</numerusform>
            <numerusform>For %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartyPage</name>
    <message numerus="yes">
        <source>%n people: go on</source>
        <translation>
            <numerusform>%n person: go on</numerusform>
            <numerusform>%n people: go on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinPage</name>
    <message numerus="yes">
        <source>Too many tries. Please wait %n minutes.</source>
        <translation>
            <numerusform>Too many tries. Please wait %n minute.</numerusform>
            <numerusform>Too many tries. Please wait %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n number before you</numerusform>
            <numerusform>%n numbers before you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TechnicianPage</name>
    <message numerus="yes">
        <source>%n tickets were refused</source>
        <translation>
            <numerusform>%n ticket was refused</numerusform>
            <numerusform>%n tickets were refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tickets wait for the server</source>
        <translation>
            <numerusform>%n ticket waits for the server</numerusform>
            <numerusform>%n tickets wait for the server</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n number before you</numerusform>
            <numerusform>%n numbers before you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitLine</name>
    <message numerus="yes">
        <source>Up to %n minutes, at the latest %1</source>
        <translation>
            <numerusform>Up to %n minute, at the latest %1</numerusform>
            <numerusform>Up to %n minutes, at the latest %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %2 to %n minutes, at the latest %1</source>
        <translation>
            <numerusform>About %2 to %n minute, at the latest %1</numerusform>
            <numerusform>About %2 to %n minutes, at the latest %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitWords</name>
    <message numerus="yes">
        <source>Up to %n minutes</source>
        <translation>
            <numerusform>Up to %n minute</numerusform>
            <numerusform>Up to %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %1 to %n minutes</source>
        <translation>
            <numerusform>About %1 to %n minute</numerusform>
            <numerusform>About %1 to %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message numerus="yes">
        <source>Nothing can be tried here for %n minutes</source>
        <translation>
            <numerusform>Nothing can be tried here for %n minute</numerusform>
            <numerusform>Nothing can be tried here for %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n documents for you</source>
        <translation>
            <numerusform>%n document for you</numerusform>
            <numerusform>%n documents for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more documents</source>
        <translation>
            <numerusform>and %n more document</numerusform>
            <numerusform>and %n more documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectedPage</name>
    <message numerus="yes">
        <source>%n more documents for you</source>
        <translation>
            <numerusform>%n more document for you</numerusform>
            <numerusform>%n more documents for you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>For %n person</numerusform>
            <numerusform>For %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswersPage</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>One more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FormstatePage</name>
    <message numerus="yes">
        <source>Nothing can be tried here for %n minutes</source>
        <translation>
            <numerusform>Nothing can be tried here for %n minute</numerusform>
            <numerusform>Nothing can be tried here for %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrefillPage</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and one more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldPage</name>
    <message numerus="yes">
        <source>Show %n of them</source>
        <translation>
            <numerusform>Show the one</numerusform>
            <numerusform>Show %n of them</numerusform>
        </translation>
    </message>
</context>
</TS>
