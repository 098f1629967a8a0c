<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sw" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>Ondoka kwenye jengo sasa</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>Baki ndani ya jengo</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>Dharura: fuata wafanyakazi</translation>
    </message>
</context>
</TS>
