<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>BoardCall</name>
    <message>
        <source>Now calling</source>
        <translation>Numéro appelé</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>Guichet</translation>
    </message>
    <message>
        <source>Go left</source>
        <translation>À gauche</translation>
    </message>
    <message>
        <source>Go right</source>
        <translation>À droite</translation>
    </message>
    <message>
        <source>Straight ahead</source>
        <translation>Tout droit</translation>
    </message>
    <message>
        <source>Go upstairs</source>
        <translation>Montez</translation>
    </message>
    <message>
        <source>Go downstairs</source>
        <translation>Descendez</translation>
    </message>
    <message>
        <source>Please take a seat. Your number will be called here.</source>
        <translation>Veuillez vous asseoir. Votre numéro sera appelé ici.</translation>
    </message>
</context>
<context>
    <name>BoardNotice</name>
    <message>
        <source>Waiting takes longer than usual today.</source>
        <translation>L’attente est plus longue que d’habitude aujourd’hui.</translation>
    </message>
    <message>
        <source>The centre closes soon.</source>
        <translation>Le centre ferme bientôt.</translation>
    </message>
    <message>
        <source>A system does not work now. Your place is safe.</source>
        <translation>Un système est en panne. Votre place est gardée.</translation>
    </message>
    <message>
        <source>Documents that have arrived can be collected today.</source>
        <translation>Les documents arrivés peuvent être retirés aujourd’hui.</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>Called before</source>
        <translation>Déjà appelés</translation>
    </message>
</context>
<context>
    <name>BoardWait</name>
    <message numerus="yes">
        <source>up to %n min</source>
        <translation>
            <numerusform>%n min au plus</numerusform>
            <numerusform>%n min au plus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1–%n min</source>
        <translation>
            <numerusform>%1 à %n min</numerusform>
            <numerusform>%1 à %n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CounterPage</name>
    <message>
        <source>Wait for your number</source>
        <translation>Attendez votre numéro</translation>
    </message>
    <message>
        <source>Back soon</source>
        <translation>De retour bientôt</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermé</translation>
    </message>
    <message>
        <source>This screen is not set up</source>
        <translation>Cet écran n’est pas configuré</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>Guichet</translation>
    </message>
</context>
<context>
    <name>EmergencyFoot</name>
    <message>
        <source>Staff will help you. Ask if you cannot use stairs.</source>
        <translation>Le personnel vous aide. Dites-le si l’escalier vous est difficile.</translation>
    </message>
    <message>
        <source>Staff will tell you when it is safe to go.</source>
        <translation>Le personnel vous dira quand vous pourrez sortir.</translation>
    </message>
    <message>
        <source>Staff will help you.</source>
        <translation>Le personnel va vous aider.</translation>
    </message>
</context>
<context>
    <name>EmergencyPage</name>
    <message>
        <source>Follow the green exit signs. Do not use the lift.</source>
        <translation>Suivez les panneaux verts de sortie. Ne prenez pas l’ascenseur.</translation>
    </message>
    <message>
        <source>Keep away from doors and windows. Wait for staff.</source>
        <translation>Éloignez-vous des portes et des fenêtres. Attendez le personnel.</translation>
    </message>
    <message>
        <source>Your ticket stays valid.</source>
        <translation>Votre ticket reste valable.</translation>
    </message>
</context>
<context>
    <name>OfflinePage</name>
    <message>
        <source>This screen is not up to date</source>
        <translation>Cet écran n’est pas à jour</translation>
    </message>
    <message>
        <source>Not connected since %1. Your place is safe.</source>
        <translation>Sans connexion depuis %1. Votre place est gardée.</translation>
    </message>
    <message>
        <source>Wait here. Staff will come to you.</source>
        <translation>Attendez ici. Le personnel viendra vers vous.</translation>
    </message>
</context>
</TS>
