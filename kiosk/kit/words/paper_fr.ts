<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Paper</name>
    <message numerus="yes">
        <source>About %1 to %n minutes</source>
        <translation>
            <numerusform>Environ %1 à %n minute</numerusform>
            <numerusform>Environ %1 à %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n minutes</source>
        <translation>
            <numerusform>%n minute au plus</numerusform>
            <numerusform>%n minutes au plus</numerusform>
        </translation>
    </message>
    <message>
        <source>We may not reach you before closing. Please ask staff.</source>
        <translation>Nous ne pourrons peut-être pas vous recevoir avant la fermeture. Adressez-vous au personnel.</translation>
    </message>
    <message>
        <source>At the latest %1</source>
        <translation>Au plus tard à %1</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>Votre numéro</translation>
    </message>
    <message>
        <source>Your steps</source>
        <translation>Vos étapes</translation>
    </message>
    <message>
        <source>Scan this with a phone to see your place.</source>
        <translation>Scannez ce code avec un téléphone pour voir votre place.</translation>
    </message>
    <message>
        <source>Keep this ticket. It does not show your name.</source>
        <translation>Gardez ce ticket. Votre nom n’y figure pas.</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>Il n’y a personne avant vous</translation>
    </message>
    <message>
        <source>Payment not settled</source>
        <translation>Paiement non réglé</translation>
    </message>
    <message>
        <source>This is no ticket and no receipt.</source>
        <translation>Ceci n’est ni un ticket ni un reçu.</translation>
    </message>
    <message>
        <source>Show this to staff. They find out what became of your payment.</source>
        <translation>Montrez ce papier au personnel, qui vérifiera ce qu’est devenu votre paiement.</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Payé</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Montant</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>COPY</source>
        <translation>COPIE</translation>
    </message>
    <message>
        <source>Staff scan this.</source>
        <translation>À scanner par le personnel.</translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n numéro avant vous</numerusform>
            <numerusform>%n numéros avant vous</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to pay: %2</source>
        <translation>%1 à payer : %2</translation>
    </message>
    <message>
        <source>%1 to pay at the counter</source>
        <translation>%1 à payer au guichet</translation>
    </message>
    <message>
        <source>%1 is paid</source>
        <translation>%1 payé</translation>
    </message>
    <message>
        <source>At the cash desk</source>
        <translation>À la caisse</translation>
    </message>
    <message>
        <source>By card</source>
        <translation>Par carte</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Borne</translation>
    </message>
    <message>
        <source>Keep this receipt. You need it if money is given back.</source>
        <translation>Gardez ce reçu. Il le faut pour tout remboursement.</translation>
    </message>
    <message>
        <source>From the card terminal:</source>
        <translation>Du terminal de carte :</translation>
    </message>
    <message>
        <source>By card, ending %1</source>
        <translation>Par carte se terminant par %1</translation>
    </message>
    <message>
        <source>No fee</source>
        <translation>Gratuit</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>Horaires d’ouverture</translation>
    </message>
    <message>
        <source>Always open</source>
        <translation>Toujours ouvert</translation>
    </message>
    <message numerus="yes">
        <source>%n people, one number</source>
        <translation>
            <numerusform>%n personne, un seul numéro</numerusform>
            <numerusform>%n personnes, un seul numéro</numerusform>
        </translation>
    </message>
    <message>
        <source>You have collected:</source>
        <translation>Vous avez retiré :</translation>
    </message>
    <message>
        <source>Number on its label</source>
        <translation>Numéro de son étiquette</translation>
    </message>
    <message>
        <source>This receipt does not show your name.</source>
        <translation>Votre nom ne figure pas sur ce reçu.</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Passeport</translation>
    </message>
    <message>
        <source>ID card</source>
        <translation>Carte d’identité</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>Titre de séjour</translation>
    </message>
    <message>
        <source>Travel document</source>
        <translation>Titre de voyage</translation>
    </message>
    <message>
        <source>Birth record</source>
        <translation>Acte de naissance</translation>
    </message>
    <message>
        <source>Marriage record</source>
        <translation>Acte de mariage</translation>
    </message>
    <message>
        <source>Death record</source>
        <translation>Acte de décès</translation>
    </message>
    <message>
        <source>Paper of a court</source>
        <translation>Document d’un tribunal</translation>
    </message>
    <message>
        <source>Diploma</source>
        <translation>Diplôme</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>Traduction</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Formulaire</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Looked through</source>
        <translation>Relu le</translation>
    </message>
    <message>
        <source>Appointment %1</source>
        <translation>Rendez-vous de %1</translation>
    </message>
    <message>
        <source>Your appointment</source>
        <translation>Votre rendez-vous</translation>
    </message>
    <message>
        <source>Scan this with a phone to change it. Show it to the kiosk when you come.</source>
        <translation>Scannez ce code avec un téléphone pour le changer. Montrez-le à la borne en arrivant.</translation>
    </message>
    <message>
        <source>This is not a ticket. You get your number when you come.</source>
        <translation>Ce n’est pas un ticket. Vous recevez votre numéro en arrivant.</translation>
    </message>
    <message>
        <source>What to bring</source>
        <translation>À apporter</translation>
    </message>
    <message>
        <source>The original</source>
        <translation>L’original</translation>
    </message>
    <message>
        <source>A copy is enough</source>
        <translation>Une copie suffit</translation>
    </message>
    <message>
        <source>The original or a copy</source>
        <translation>L’original ou une copie</translation>
    </message>
    <message>
        <source>With a translation</source>
        <translation>Avec une traduction</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Your form</source>
        <translation>Votre formulaire</translation>
    </message>
    <message>
        <source>With this code and your PIN you open it again: here, at home, or with staff.</source>
        <translation>Avec ce code et votre PIN, vous l’ouvrez à nouveau : ici, à la maison ou avec le personnel.</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>Gardé jusqu’au</translation>
    </message>
    <message>
        <source>Your PIN is not on this paper. Nobody can tell it to you.</source>
        <translation>Votre PIN n’est pas sur ce papier. Personne ne peut vous le dire.</translation>
    </message>
</context>
</TS>
