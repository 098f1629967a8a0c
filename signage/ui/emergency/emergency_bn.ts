<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="bn" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>এখনই ভবন থেকে বেরিয়ে যান</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>ভবনের ভেতরে থাকুন</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>জরুরি অবস্থা: কর্মীদের কথা মেনে চলুন</translation>
    </message>
</context>
</TS>
