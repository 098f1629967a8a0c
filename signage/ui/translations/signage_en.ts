<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BoardWait</name>
    <message numerus="yes">
        <source>up to %n min</source>
        <translation>
            <numerusform>up to %n min</numerusform>
            <numerusform>up to %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1–%n min</source>
        <translation>
            <numerusform>%1–%n min</numerusform>
            <numerusform>%1–%n min</numerusform>
        </translation>
    </message>
</context>
</TS>
