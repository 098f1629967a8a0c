<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fa" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>همین حالا ساختمان را ترک کنید</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>داخل ساختمان بمانید</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>وضعیت اضطراری: به گفتهٔ کارکنان عمل کنید</translation>
    </message>
</context>
</TS>
