<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>غادروا المبنى الآن</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>ابقوا داخل المبنى</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>حالة طوارئ: اتبعوا تعليمات الموظفين</translation>
    </message>
</context>
</TS>
