<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Emergency</name>
    <message>
        <source>Leave the building now</source>
        <translation>Salga del edificio ahora</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>Quédese dentro del edificio</translation>
    </message>
    <message>
        <source>Emergency: do as staff say</source>
        <translation>Emergencia: siga al personal</translation>
    </message>
</context>
</TS>
