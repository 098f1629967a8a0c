<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>Évacuez le bâtiment</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>Restez dans le bâtiment</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>Urgence : suivez le personnel</translation>
    </message>
</context>
</TS>
