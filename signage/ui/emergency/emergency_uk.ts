<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="uk" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>Негайно залиште будівлю</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>Залишайтеся в будівлі</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>Небезпека: слухайте персонал</translation>
    </message>
</context>
</TS>
