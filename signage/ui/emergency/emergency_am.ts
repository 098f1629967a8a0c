<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="am" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>አሁን ከሕንፃው ይውጡ</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>ከሕንፃው ውስጥ ይቆዩ</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>አደጋ፦ ሠራተኞች የሚሉትን ያድርጉ</translation>
    </message>
</context>
</TS>
