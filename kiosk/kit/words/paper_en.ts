<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Paper</name>
    <message numerus="yes">
        <source>About %1 to %n minutes</source>
        <translation>
            <numerusform>About %1 to %n minute</numerusform>
            <numerusform>About %1 to %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n minutes</source>
        <translation>
            <numerusform>Up to %n minute</numerusform>
            <numerusform>Up to %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n number before you</numerusform>
            <numerusform>%n numbers before you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people, one number</source>
        <translation>
            <numerusform>%n person, one number</numerusform>
            <numerusform>%n people, one number</numerusform>
        </translation>
    </message>
</context>
</TS>
