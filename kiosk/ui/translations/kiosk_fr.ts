<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AgeWords</name>
    <message>
        <source>%1 and older</source>
        <translation>%1 ans et plus</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>De %1 à %2 ans</translation>
    </message>
    <message>
        <source>Under %1</source>
        <translation>Moins de %1 ans</translation>
    </message>
</context>
<context>
    <name>BringPage</name>
    <message>
        <source>Print this list</source>
        <translation>Imprimer cette liste</translation>
    </message>
    <message>
        <source>It is printing</source>
        <translation>Impression en cours</translation>
    </message>
    <message>
        <source>Take it below</source>
        <translation>Prenez-la en bas</translation>
    </message>
    <message>
        <source>No paper now</source>
        <translation>Pas de papier pour le moment</translation>
    </message>
    <message>
        <source>The original, translated</source>
        <translation>L’original, traduit</translation>
    </message>
    <message>
        <source>A copy, translated</source>
        <translation>Une copie, traduite</translation>
    </message>
    <message>
        <source>Original or copy, translated</source>
        <translation>Original ou copie, traduit</translation>
    </message>
    <message>
        <source>The fee: %1</source>
        <translation>Les frais : %1</translation>
    </message>
    <message>
        <source>%1 (for each of %2)</source>
        <translation>%1 (pour chacun des %2)</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Card or cash</source>
        <translation>Carte ou espèces</translation>
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
        <source>Touch what you have.</source>
        <translation>Touchez ce que vous avez.</translation>
    </message>
    <message>
        <source>Have you got these?</source>
        <translation>Avez-vous tout cela ?</translation>
    </message>
    <message>
        <source>Go on: I have all</source>
        <translation>Continuer : j’ai tout</translation>
    </message>
    <message numerus="yes">
        <source>Go on: %n are missing</source>
        <translation>
            <numerusform>Continuer : il manque %n pièce</numerusform>
            <numerusform>Continuer : il manque %n pièces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddressPage</name>
    <message>
        <source>It is being tried.</source>
        <translation>Essai en cours.</translation>
    </message>
    <message>
        <source>It is tried before it is kept.</source>
        <translation>L’adresse est essayée avant d’être gardée.</translation>
    </message>
    <message>
        <source>No address: the device is not used.</source>
        <translation>Pas d’adresse : l’appareil n’est pas utilisé.</translation>
    </message>
    <message>
        <source>Capital letters</source>
        <translation>Majuscules</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Erase all</source>
        <translation>Tout effacer</translation>
    </message>
    <message>
        <source>Try it and keep it</source>
        <translation>Essayer et garder</translation>
    </message>
</context>
<context>
    <name>AdmissionPage</name>
    <message>
        <source>Your number is being made.</source>
        <translation>Votre numéro est en préparation.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
</context>
<context>
    <name>AppointmentPage</name>
    <message>
        <source>Put the document of your appointment on the glass.</source>
        <translation>Posez sur la vitre le document de votre rendez-vous.</translation>
    </message>
    <message>
        <source>From your phone or your paper.</source>
        <translation>Sur votre téléphone ou votre papier.</translation>
    </message>
    <message>
        <source>Type it, or ask staff.</source>
        <translation>Tapez le code ou demandez au personnel.</translation>
    </message>
    <message>
        <source>We need to see your document</source>
        <translation>Nous devons voir votre document</translation>
    </message>
    <message>
        <source>Show the code of your appointment</source>
        <translation>Montrez le code de votre rendez-vous</translation>
    </message>
    <message>
        <source>You have an appointment</source>
        <translation>Vous avez un rendez-vous</translation>
    </message>
    <message>
        <source>This is not the code of an appointment. Try another one, or type it.</source>
        <translation>Ce n’est pas le code d’un rendez-vous. Essayez un autre code ou tapez-le.</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>Lecture en cours. Ne le bougez pas.</translation>
    </message>
    <message>
        <source>Please put it down again.</source>
        <translation>Posez-le encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Or put your document on the glass. %1</source>
        <translation>Ou posez votre document sur la vitre. %1</translation>
    </message>
    <message>
        <source>Look with the document I have shown</source>
        <translation>Chercher avec le document déjà montré</translation>
    </message>
    <message>
        <source>Eight letters and digits</source>
        <translation>Huit lettres et chiffres</translation>
    </message>
    <message>
        <source>Type the code</source>
        <translation>Taper le code</translation>
    </message>
    <message>
        <source>I have no code here</source>
        <translation>Je n’ai pas de code ici</translation>
    </message>
    <message>
        <source>Staff find your appointment</source>
        <translation>Le personnel trouve votre rendez-vous</translation>
    </message>
</context>
<context>
    <name>BookingPage</name>
    <message>
        <source>Point the camera of your phone here.</source>
        <translation>Dirigez l’appareil photo du téléphone ici.</translation>
    </message>
    <message>
        <source>Choose another day on your phone</source>
        <translation>Choisissez un autre jour sur votre téléphone</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>Votre numéro</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Show the document</source>
        <translation>Montrer le document</translation>
    </message>
    <message>
        <source>You wait without your appointment</source>
        <translation>Vous attendez sans votre rendez-vous</translation>
    </message>
    <message>
        <source>Take a number today</source>
        <translation>Prendre un numéro aujourd’hui</translation>
    </message>
    <message>
        <source>Choose another day</source>
        <translation>Choisir un autre jour</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>Parler au personnel</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>BookingWords</name>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>We cannot look now</source>
        <translation>Nous ne pouvons pas chercher maintenant</translation>
    </message>
    <message>
        <source>Too many codes were typed here</source>
        <translation>Trop de codes ont été tapés ici</translation>
    </message>
    <message>
        <source>We do not find this appointment</source>
        <translation>Nous ne trouvons pas ce rendez-vous</translation>
    </message>
    <message>
        <source>Your appointment is at another centre</source>
        <translation>Votre rendez-vous est dans un autre centre</translation>
    </message>
    <message>
        <source>This appointment is cancelled</source>
        <translation>Ce rendez-vous est annulé</translation>
    </message>
    <message>
        <source>Your time had to be given up</source>
        <translation>Votre horaire a dû être supprimé</translation>
    </message>
    <message>
        <source>You have your number already</source>
        <translation>Vous avez déjà votre numéro</translation>
    </message>
    <message>
        <source>This is another document</source>
        <translation>C’est un autre document</translation>
    </message>
    <message>
        <source>We need to see your document</source>
        <translation>Nous devons voir votre document</translation>
    </message>
    <message>
        <source>Your time was %1</source>
        <translation>Votre heure était %1</translation>
    </message>
    <message>
        <source>Staff look at this with you</source>
        <translation>Le personnel regarde cela avec vous</translation>
    </message>
    <message>
        <source>We look for your appointment.</source>
        <translation>Nous cherchons votre rendez-vous.</translation>
    </message>
    <message>
        <source>Take a number. Your appointment counts as soon as we can look.</source>
        <translation>Prenez un numéro. Votre rendez-vous compte dès que nous pouvons le voir.</translation>
    </message>
    <message numerus="yes">
        <source>Please wait %n minutes, or ask staff.</source>
        <translation>
            <numerusform>Attendez %n minute ou demandez au personnel.</numerusform>
            <numerusform>Attendez %n minutes ou demandez au personnel.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at the code again, or take a number.</source>
        <translation>Regardez encore le code ou prenez un numéro.</translation>
    </message>
    <message>
        <source>You can go there, or take a number here.</source>
        <translation>Vous pouvez y aller, ou prendre un numéro ici.</translation>
    </message>
    <message>
        <source>You can take a number today, or choose another day.</source>
        <translation>Vous pouvez prendre un numéro aujourd’hui ou choisir un autre jour.</translation>
    </message>
    <message>
        <source>We are sorry. Take a number today, or choose another day.</source>
        <translation>Nous sommes désolés. Prenez un numéro aujourd’hui ou choisissez un autre jour.</translation>
    </message>
    <message>
        <source>Please watch the boards. They show it.</source>
        <translation>Regardez les écrans. Ils l’affichent.</translation>
    </message>
    <message>
        <source>The appointment was booked with another one. Show that, or talk to staff.</source>
        <translation>Le rendez-vous a été pris avec un autre document. Montrez-le ou parlez au personnel.</translation>
    </message>
    <message>
        <source>It counts with the document for which it was booked.</source>
        <translation>Il compte avec le document avec lequel il a été pris.</translation>
    </message>
    <message>
        <source>It is too late for it. You can still be helped: take a number.</source>
        <translation>C’est trop tard. Vous serez quand même reçu : prenez un numéro.</translation>
    </message>
    <message>
        <source>Please touch Call staff.</source>
        <translation>Touchez Appeler le personnel.</translation>
    </message>
</context>
<context>
    <name>CompanyPage</name>
    <message>
        <source>We may not have time for all. Please ask at the counter.</source>
        <translation>Nous n’aurons peut-être pas le temps pour tous. Demandez au guichet.</translation>
    </message>
    <message>
        <source>Who comes later asks at the reception.</source>
        <translation>Qui arrive plus tard demande à l’accueil.</translation>
    </message>
    <message>
        <source>Count yourself, too.</source>
        <translation>Comptez-vous aussi.</translation>
    </message>
    <message>
        <source>One number is for all of you.</source>
        <translation>Un numéro pour vous tous.</translation>
    </message>
    <message>
        <source>How many of you are here?</source>
        <translation>Combien êtes-vous ici ?</translation>
    </message>
    <message numerus="yes">
        <source>Are all %n of you here?</source>
        <translation>
            <numerusform>Êtes-vous là ?</numerusform>
            <numerusform>Êtes-vous là tous les %n ?</numerusform>
        </translation>
    </message>
    <message>
        <source>Yes, all are here</source>
        <translation>Oui, tous sont là</translation>
    </message>
    <message>
        <source>Some come later, or stay away</source>
        <translation>Certains arrivent plus tard ou ne viennent pas</translation>
    </message>
    <message>
        <source>No, it is another number</source>
        <translation>Non, c’est un autre nombre</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message numerus="yes">
        <source>%n people: go on</source>
        <translation>
            <numerusform>%n personne : continuer</numerusform>
            <numerusform>%n personnes : continuer</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
</context>
<context>
    <name>DayPage</name>
    <message>
        <source>Point the camera of your phone here.</source>
        <translation>Dirigez l’appareil photo du téléphone ici.</translation>
    </message>
    <message>
        <source>At %1.</source>
        <translation>À %1.</translation>
    </message>
    <message>
        <source>Choose another day on your phone</source>
        <translation>Choisissez un autre jour sur votre téléphone</translation>
    </message>
    <message>
        <source>Your day is %1</source>
        <translation>Votre jour est le %1</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Le vôtre</translation>
    </message>
    <message>
        <source>Your paper is printing</source>
        <translation>Votre papier s’imprime</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>Prenez votre papier en bas</translation>
    </message>
    <message>
        <source>No paper now. Please write it down.</source>
        <translation>Pas de papier. Notez-le, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Your appointment is kept.</source>
        <translation>Votre rendez-vous est gardé.</translation>
    </message>
    <message>
        <source>Then you can go home</source>
        <translation>Puis vous pouvez rentrer</translation>
    </message>
    <message>
        <source>Print my day and time</source>
        <translation>Imprimer mon jour et mon heure</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>Il n’y a personne avant vous</translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n numéro avant vous</numerusform>
            <numerusform>%n numéros avant vous</numerusform>
        </translation>
    </message>
    <message>
        <source>You wait without your appointment</source>
        <translation>Vous attendez sans votre rendez-vous</translation>
    </message>
    <message>
        <source>Take a number today</source>
        <translation>Prendre un numéro aujourd’hui</translation>
    </message>
    <message>
        <source>Today is full: no more numbers are given.</source>
        <translation>Aujourd’hui est complet : plus de numéros.</translation>
    </message>
    <message>
        <source>See which days are free</source>
        <translation>Voir les jours libres</translation>
    </message>
    <message>
        <source>Choose another day</source>
        <translation>Choisir un autre jour</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>EarlyPage</name>
    <message>
        <source>What do you want to do?</source>
        <translation>Que voulez-vous faire ?</translation>
    </message>
    <message>
        <source>You are early. Your time is %1.</source>
        <translation>Vous êtes en avance. Votre heure est %1.</translation>
    </message>
    <message>
        <source>Your time is kept.</source>
        <translation>Votre heure est gardée.</translation>
    </message>
    <message>
        <source>You get your number now</source>
        <translation>Vous recevez votre numéro maintenant</translation>
    </message>
    <message>
        <source>I wait here</source>
        <translation>J’attends ici</translation>
    </message>
    <message>
        <source>Be here at %1</source>
        <translation>Soyez ici à %1</translation>
    </message>
    <message>
        <source>I come back later</source>
        <translation>Je reviens plus tard</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>Parler au personnel</translation>
    </message>
    <message>
        <source>I cannot wait</source>
        <translation>Je ne peux pas attendre</translation>
    </message>
</context>
<context>
    <name>LinkPicture</name>
    <message>
        <source>A picture for the camera of your phone</source>
        <translation>Une image pour l’appareil photo de votre téléphone</translation>
    </message>
</context>
<context>
    <name>PriorityPage</name>
    <message>
        <source>Staff decide. You need not say why.</source>
        <translation>Le personnel décide. Vous n’avez pas à dire pourquoi.</translation>
    </message>
    <message>
        <source>Do you need to go first?</source>
        <translation>Avez-vous besoin de passer en premier ?</translation>
    </message>
    <message>
        <source>For old age, a disability, a pregnancy, or small children.</source>
        <translation>En raison de l’âge, d’un handicap, d’une grossesse ou d’enfants en bas âge.</translation>
    </message>
    <message>
        <source>Yes, please ask staff</source>
        <translation>Oui, demandez au personnel</translation>
    </message>
    <message>
        <source>No, I can wait</source>
        <translation>Non, je peux attendre</translation>
    </message>
    <message>
        <source>Talk in a private room</source>
        <translation>Parler dans une pièce à part</translation>
    </message>
</context>
<context>
    <name>CanPage</name>
    <message>
        <source>6 digits on its front, often at the lower right or beside the photo.</source>
        <translation>6 chiffres au recto, souvent en bas à droite ou près de la photo.</translation>
    </message>
    <message>
        <source>Go on without the number</source>
        <translation>Continuer sans le numéro</translation>
    </message>
    <message>
        <source>That is another number. Compare the digits, or go on without.</source>
        <translation>C’est un autre numéro. Comparez les chiffres, ou continuez sans.</translation>
    </message>
    <message>
        <source>Type the number on your card</source>
        <translation>Tapez le numéro de votre carte</translation>
    </message>
</context>
<context>
    <name>ChipPage</name>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>We were not done yet. It starts again by itself.</source>
        <translation>Ce n’était pas fini. La lecture reprend toute seule.</translation>
    </message>
    <message>
        <source>It is being read. Please do not lift it.</source>
        <translation>Lecture en cours. Ne le soulevez pas, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Put it back and leave it there</source>
        <translation>Reposez-le et laissez-le là</translation>
    </message>
    <message>
        <source>Leave your document on the reader</source>
        <translation>Laissez votre document sur le lecteur</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Merci</translation>
    </message>
    <message>
        <source>You will still be helped</source>
        <translation>Nous vous aiderons quand même</translation>
    </message>
    <message>
        <source>Go on without</source>
        <translation>Continuer sans attendre</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
</context>
<context>
    <name>ChipWords</name>
    <message>
        <source>The last day of your document has passed</source>
        <translation>Le dernier jour de votre document est passé</translation>
    </message>
    <message>
        <source>Please go on all the same. Staff will tell you what to do.</source>
        <translation>Continuez quand même. Le personnel vous dira quoi faire.</translation>
    </message>
    <message>
        <source>The page may be torn or worn. Staff will look at it with you.</source>
        <translation>La page est peut-être déchirée ou usée. Le personnel la regardera avec vous.</translation>
    </message>
    <message>
        <source>Staff will look at your document with you.</source>
        <translation>Le personnel regardera votre document avec vous.</translation>
    </message>
    <message>
        <source>We could read your document</source>
        <translation>Nous avons pu lire votre document</translation>
    </message>
    <message>
        <source>You can take it back now.</source>
        <translation>Vous pouvez le reprendre maintenant.</translation>
    </message>
    <message>
        <source>Its last day has passed. Staff will tell you what to do.</source>
        <translation>Sa date est dépassée. Le personnel vous dira quoi faire.</translation>
    </message>
    <message>
        <source>This kiosk cannot read your card</source>
        <translation>Cette borne ne peut pas lire votre carte</translation>
    </message>
    <message>
        <source>That is normal for some cards. Staff will look at yours.</source>
        <translation>C’est normal pour certaines cartes. Le personnel regardera la vôtre.</translation>
    </message>
    <message>
        <source>We could not read all of it</source>
        <translation>Nous n’avons pas pu tout lire</translation>
    </message>
    <message>
        <source>It was taken away too soon</source>
        <translation>Il a été retiré trop tôt</translation>
    </message>
    <message>
        <source>Put it down once more, or go on.</source>
        <translation>Reposez-le encore une fois, ou continuez.</translation>
    </message>
    <message>
        <source>We could not read the photo page</source>
        <translation>Nous n’avons pas pu lire la page de la photo</translation>
    </message>
    <message>
        <source>Put it down once more, open at the photo. Or go on.</source>
        <translation>Reposez-le, ouvert à la page de la photo. Ou continuez.</translation>
    </message>
    <message>
        <source>This kiosk does not know your document</source>
        <translation>Cette borne ne connaît pas votre document</translation>
    </message>
    <message>
        <source>Staff know it. They will look at it with you.</source>
        <translation>Le personnel le connaît et le regardera avec vous.</translation>
    </message>
    <message>
        <source>Something got in the way</source>
        <translation>Quelque chose a gêné la lecture</translation>
    </message>
    <message>
        <source>Put your document down once more and leave it there. Or go on.</source>
        <translation>Reposez votre document et laissez-le là. Ou continuez.</translation>
    </message>
    <message>
        <source>We could not read a part of it</source>
        <translation>Une partie n’a pas pu être lue</translation>
    </message>
    <message>
        <source>The reader has stopped</source>
        <translation>Le lecteur s’est arrêté</translation>
    </message>
    <message>
        <source>You can go on. Staff will read your document.</source>
        <translation>Vous pouvez continuer. Le personnel lira votre document.</translation>
    </message>
    <message>
        <source>The reader is busy</source>
        <translation>Le lecteur est occupé</translation>
    </message>
    <message>
        <source>That took too long</source>
        <translation>Cela a pris trop de temps</translation>
    </message>
    <message>
        <source>Put your document down once more, or go on.</source>
        <translation>Reposez votre document encore une fois, ou continuez.</translation>
    </message>
    <message>
        <source>We could not read your document</source>
        <translation>Nous n’avons pas pu lire votre document</translation>
    </message>
</context>
<context>
    <name>ChoicePage</name>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>Closed for today</source>
        <translation>Fermé pour aujourd’hui</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Autre chose</translation>
    </message>
    <message>
        <source>Touch one.</source>
        <translation>Touchez votre choix.</translation>
    </message>
    <message>
        <source>The controls are lower now. Touch Display to change.</source>
        <translation>Les touches sont plus bas. Touchez « Écran » pour changer.</translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Now type the digits.</source>
        <translation>Tapez maintenant les chiffres.</translation>
    </message>
    <message>
        <source>Touch the letter first.</source>
        <translation>Touchez d’abord la lettre.</translation>
    </message>
    <message>
        <source>Type the number of your ticket</source>
        <translation>Tapez le numéro de votre ticket</translation>
    </message>
    <message>
        <source>I have the code of a form</source>
        <translation>J’ai le code d’un formulaire</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Then your ticket is printed.</source>
        <translation>Votre ticket s’imprimera ensuite.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>Est-ce correct ?</translation>
    </message>
    <message>
        <source>Yes, show my number</source>
        <translation>Oui, afficher mon numéro</translation>
    </message>
    <message>
        <source>Yes, print my ticket</source>
        <translation>Oui, imprimer mon ticket</translation>
    </message>
    <message>
        <source>Staff will decide</source>
        <translation>Le personnel décidera</translation>
    </message>
    <message>
        <source>Age, disability, pregnancy, small children</source>
        <translation>Âge, handicap, grossesse, enfants en bas âge</translation>
    </message>
    <message>
        <source>You ask to go first</source>
        <translation>Vous demandez à passer en premier</translation>
    </message>
    <message>
        <source>I need to go first</source>
        <translation>J’ai besoin de passer en premier</translation>
    </message>
    <message>
        <source>No, choose again</source>
        <translation>Non, choisir à nouveau</translation>
    </message>
    <message>
        <source>Then you see what it costs.</source>
        <translation>Vous verrez ensuite le prix.</translation>
    </message>
    <message>
        <source>Yes, go on</source>
        <translation>Oui, continuer</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>Pour %n personne</numerusform>
            <numerusform>Pour %n personnes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DisplayPage</name>
    <message>
        <source>On</source>
        <translation>Activé</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>It changes at once.</source>
        <translation>L’effet est immédiat.</translation>
    </message>
    <message>
        <source>What helps you to read and reach?</source>
        <translation>Qu’est-ce qui vous aide à lire et à toucher ?</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texte plus grand</translation>
    </message>
    <message>
        <source>Strong contrast</source>
        <translation>Contraste fort</translation>
    </message>
    <message>
        <source>Controls lower down</source>
        <translation>Touches plus basses</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message>
        <source>The reader does not work now.</source>
        <translation>Le lecteur ne fonctionne pas en ce moment.</translation>
    </message>
    <message>
        <source>That could not be read. Please put it down again.</source>
        <translation>La lecture a échoué. Reposez-le, s’il vous plaît.</translation>
    </message>
    <message>
        <source>This one was read already. Please put down another one.</source>
        <translation>Celui-ci est déjà lu. Posez-en un autre, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>Lecture en cours. Ne le bougez pas, s’il vous plaît.</translation>
    </message>
    <message>
        <source>You can take it back now.</source>
        <translation>Vous pouvez le reprendre.</translation>
    </message>
    <message>
        <source>You will still be helped.</source>
        <translation>On vous aidera quand même.</translation>
    </message>
    <message>
        <source>We were not done yet. It starts again by itself.</source>
        <translation>Nous n’avions pas fini. La lecture reprend d’elle-même.</translation>
    </message>
    <message>
        <source>It is being read. Please do not lift it.</source>
        <translation>Lecture en cours. Ne le soulevez pas, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>Ouvrez-le à la photo. Photo vers le bas.</translation>
    </message>
    <message>
        <source>Thank you, that was the last one</source>
        <translation>Merci, c’était le dernier</translation>
    </message>
    <message>
        <source>Please go on without the others</source>
        <translation>Continuez sans les autres, s’il vous plaît</translation>
    </message>
    <message>
        <source>Put it back and leave it there</source>
        <translation>Reposez-le et laissez-le là</translation>
    </message>
    <message>
        <source>Leave the passport on the reader</source>
        <translation>Laissez le passeport sur le lecteur</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Go on without this one</source>
        <translation>Continuer sans celui-ci</translation>
    </message>
    <message>
        <source>Leave this one for the counter</source>
        <translation>Laisser celui-ci pour le guichet</translation>
    </message>
    <message>
        <source>The rest later, at the counter</source>
        <translation>Le reste plus tard, au guichet</translation>
    </message>
    <message>
        <source>Later, at the counter</source>
        <translation>Plus tard, au guichet</translation>
    </message>
    <message numerus="yes">
        <source>%n are read</source>
        <translation>
            <numerusform>%n est lu</numerusform>
            <numerusform>%n sont lus</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>Encore %1</translation>
    </message>
</context>
<context>
    <name>EmergencyPage</name>
    <message>
        <source>Your ticket stays valid</source>
        <translation>Votre ticket reste valable</translation>
    </message>
</context>
<context>
    <name>FeePage</name>
    <message>
        <source>You pay by card here, or later at the counter.</source>
        <translation>Vous payez ici par carte, ou plus tard au guichet.</translation>
    </message>
    <message>
        <source>You can pay at the counter.</source>
        <translation>Vous pouvez payer au guichet.</translation>
    </message>
    <message>
        <source>This is the fee</source>
        <translation>Voici le prix</translation>
    </message>
    <message>
        <source>You cannot pay here now</source>
        <translation>Le paiement n’est pas possible ici maintenant</translation>
    </message>
    <message>
        <source>Set by: %1</source>
        <translation>Fixé par : %1</translation>
    </message>
    <message>
        <source>Pay here by card</source>
        <translation>Payer ici par carte</translation>
    </message>
    <message>
        <source>You get your ticket now</source>
        <translation>Vous recevez votre ticket maintenant</translation>
    </message>
    <message>
        <source>Pay at the counter</source>
        <translation>Payer au guichet</translation>
    </message>
    <message>
        <source>You pay at the cash desk now, or later at the counter.</source>
        <translation>Vous payez maintenant à la caisse, ou plus tard au guichet.</translation>
    </message>
    <message>
        <source>Pay now at the cash desk</source>
        <translation>Payer maintenant à la caisse</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>Pour %n personne</numerusform>
            <numerusform>Pour %n personnes</numerusform>
        </translation>
    </message>
    <message>
        <source>You can pay later: %1.</source>
        <translation>Vous pouvez payer plus tard : %1.</translation>
    </message>
    <message>
        <source>You pay by card here, or later: %1.</source>
        <translation>Vous payez ici par carte, ou plus tard : %1.</translation>
    </message>
    <message>
        <source>You pay now at the cash desk, or when your number is called.</source>
        <translation>Vous payez maintenant à la caisse, ou quand votre numéro sera appelé.</translation>
    </message>
    <message>
        <source>Pay later: %1</source>
        <translation>Payer plus tard : %1</translation>
    </message>
</context>
<context>
    <name>GovernmentPage</name>
    <message>
        <source>The three letters are on your passport.</source>
        <translation>Les trois lettres sont sur votre passeport.</translation>
    </message>
    <message>
        <source>Which country's papers is it about?</source>
        <translation>Il s’agit des papiers de quel pays ?</translation>
    </message>
    <message>
        <source>Another country</source>
        <translation>Un autre pays</translation>
    </message>
</context>
<context>
    <name>FirstTouch</name>
    <message>
        <source>Touch your language</source>
        <translation>Touchez votre langue</translation>
    </message>
    <message>
        <source>or put your passport on the glass</source>
        <translation>ou posez votre passeport sur la vitre</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>Lecture en cours. Ne le bougez pas.</translation>
    </message>
    <message>
        <source>Please put it down again.</source>
        <translation>Posez-le encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Your document is read.</source>
        <translation>Votre document est lu.</translation>
    </message>
</context>
<context>
    <name>FirstWords</name>
    <message>
        <source>Welcome</source>
        <translation>Bienvenue</translation>
    </message>
    <message>
        <source>No paper</source>
        <translation>Pas de papier</translation>
    </message>
    <message>
        <source>There is a notice. Touch your language to read it.</source>
        <translation>Il y a un avis. Touchez votre langue pour le lire.</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>On the way</source>
        <translation>En chemin</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Appelé</translation>
    </message>
    <message>
        <source>Called just now</source>
        <translation>Appel fait à l’instant</translation>
    </message>
    <message numerus="yes">
        <source>Called %n minutes ago</source>
        <translation>
            <numerusform>Appel fait il y a %n minute</numerusform>
            <numerusform>Appel fait il y a %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody is coming</source>
        <translation>Quelqu’un arrive</translation>
    </message>
    <message>
        <source>Nobody has answered yet. Please stay here, or go to the nearest counter.</source>
        <translation>Personne n’a encore répondu. Restez ici, ou allez au guichet le plus proche.</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Un instant, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Please stay here.</source>
        <translation>Restez ici, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Please stay here. Staff are on the way.</source>
        <translation>Restez ici, s’il vous plaît. Quelqu’un arrive.</translation>
    </message>
    <message>
        <source>Please go to the nearest counter, or touch Call staff again.</source>
        <translation>Allez au guichet le plus proche, ou touchez encore « Appeler le personnel ».</translation>
    </message>
    <message>
        <source>Calling staff</source>
        <translation>Nous appelons le personnel</translation>
    </message>
    <message>
        <source>Staff have been called</source>
        <translation>Le personnel est prévenu</translation>
    </message>
    <message>
        <source>The call did not get through</source>
        <translation>L’appel n’est pas passé</translation>
    </message>
    <message>
        <source>Staff know where you are</source>
        <translation>Le personnel sait où vous êtes</translation>
    </message>
    <message>
        <source>Staff know you are here: %1</source>
        <translation>Le personnel sait que vous êtes ici : %1</translation>
    </message>
    <message>
        <source>You can talk in a private room</source>
        <translation>Vous pouvez parler dans une pièce à part</translation>
    </message>
    <message>
        <source>You keep your place</source>
        <translation>Vous gardez votre place</translation>
    </message>
    <message>
        <source>Talk in a private room</source>
        <translation>Parler dans une pièce à part</translation>
    </message>
    <message>
        <source>I do not need help now</source>
        <translation>Je n’ai plus besoin d’aide</translation>
    </message>
</context>
<context>
    <name>IdentifyPage</name>
    <message>
        <source>Touch one.</source>
        <translation>Touchez votre choix.</translation>
    </message>
    <message>
        <source>What do you need today?</source>
        <translation>De quoi avez-vous besoin aujourd’hui ?</translation>
    </message>
    <message>
        <source>I need a number</source>
        <translation>J’ai besoin d’un numéro</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>It starts by itself.</source>
        <translation>La lecture démarre toute seule.</translation>
    </message>
    <message>
        <source>You will still be helped.</source>
        <translation>Nous vous aiderons quand même.</translation>
    </message>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>Ouvrez-le à la photo. Photo vers le bas.</translation>
    </message>
    <message>
        <source>Please go on without your document</source>
        <translation>Continuez sans votre document</translation>
    </message>
    <message>
        <source>Put your passport or ID card on the glass</source>
        <translation>Posez votre passeport ou carte d’identité sur la vitre</translation>
    </message>
    <message>
        <source>The reader does not work now.</source>
        <translation>Le lecteur ne marche pas en ce moment.</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>Lecture en cours. Ne le bougez pas.</translation>
    </message>
    <message>
        <source>Please put it down again.</source>
        <translation>Posez-le encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>We use it only to find your country and language. This kiosk keeps nothing.</source>
        <translation>Il sert seulement à trouver votre pays et votre langue. Cette borne ne garde rien.</translation>
    </message>
    <message>
        <source>You will still be helped</source>
        <translation>Nous vous aiderons quand même</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>I have no document</source>
        <translation>Je n’ai pas de document</translation>
    </message>
    <message>
        <source>Show it at the counter</source>
        <translation>Le montrer au guichet</translation>
    </message>
    <message>
        <source>Staff who help you see its number and whether it could be checked. This kiosk keeps nothing.</source>
        <translation>Le personnel qui vous aide voit son numéro et s’il a pu être vérifié. Cette borne ne garde rien.</translation>
    </message>
    <message>
        <source>From a ticket of today</source>
        <translation>Sur un ticket du jour</translation>
    </message>
    <message>
        <source>I have a number</source>
        <translation>J’ai un numéro</translation>
    </message>
    <message>
        <source>Something is ready for you</source>
        <translation>Quelque chose est prêt pour vous</translation>
    </message>
    <message>
        <source>Collect a document</source>
        <translation>Retirer un document</translation>
    </message>
    <message>
        <source>You have booked a time</source>
        <translation>Vous avez réservé une heure</translation>
    </message>
    <message>
        <source>I have an appointment</source>
        <translation>J’ai un rendez-vous</translation>
    </message>
</context>
<context>
    <name>IdlePage</name>
    <message numerus="yes">
        <source>In %n seconds this kiosk will clear your information and start again.</source>
        <translation>
            <numerusform>Dans %n seconde, cette borne effacera vos informations et recommencera.</numerusform>
            <numerusform>Dans %n secondes, cette borne effacera vos informations et recommencera.</numerusform>
        </translation>
    </message>
    <message>
        <source>Are you still there?</source>
        <translation>Êtes-vous toujours là ?</translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation>Oui, il me faut plus de temps</translation>
    </message>
    <message>
        <source>No, I am finished</source>
        <translation>Non, j’ai terminé</translation>
    </message>
</context>
<context>
    <name>KBottomBar</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Revenir au début</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Écran</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Infos</translation>
    </message>
</context>
<context>
    <name>KButton</name>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
</context>
<context>
    <name>KEntry</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
</context>
<context>
    <name>KKeypad</name>
    <message>
        <source>Confirm</source>
        <translation>Valider</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
</context>
<context>
    <name>KPager</name>
    <message>
        <source>Choices before</source>
        <translation>Choix précédents</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Suite</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>Première page</translation>
    </message>
</context>
<context>
    <name>KStepper</name>
    <message>
        <source>One less: %1</source>
        <translation>Un de moins : %1</translation>
    </message>
    <message>
        <source>One more: %1</source>
        <translation>Un de plus : %1</translation>
    </message>
</context>
<context>
    <name>KSteps</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>Étape %1 sur %2</translation>
    </message>
</context>
<context>
    <name>KindPage</name>
    <message>
        <source>Your passport: %1</source>
        <translation>Votre passeport : %1</translation>
    </message>
    <message>
        <source>Another country</source>
        <translation>Un autre pays</translation>
    </message>
    <message>
        <source>What do you need today?</source>
        <translation>De quoi avez-vous besoin aujourd’hui ?</translation>
    </message>
    <message>
        <source>Collect a document</source>
        <translation>Retirer un document</translation>
    </message>
    <message>
        <source>I have an appointment</source>
        <translation>J’ai un rendez-vous</translation>
    </message>
</context>
<context>
    <name>RecoveringPage</name>
    <message>
        <source>This kiosk finishes something first.</source>
        <translation>Cette borne termine d’abord une opération.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
</context>
<context>
    <name>MorePage</name>
    <message>
        <source>Add something</source>
        <translation>Ajouter autre chose</translation>
    </message>
    <message>
        <source>Change how many people</source>
        <translation>Changer le nombre de personnes</translation>
    </message>
    <message>
        <source>Do you need anything else today?</source>
        <translation>Avez-vous besoin d’autre chose aujourd’hui ?</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>Pour %n personne</numerusform>
            <numerusform>Pour %n personnes</numerusform>
        </translation>
    </message>
    <message>
        <source>It is for more people</source>
        <translation>C’est pour plusieurs personnes</translation>
    </message>
    <message>
        <source>Leave out the last one</source>
        <translation>Retirer le dernier</translation>
    </message>
    <message>
        <source>No, go on</source>
        <translation>Non, continuer</translation>
    </message>
    <message>
        <source>One number for all, and you pay once.</source>
        <translation>Un seul numéro pour tout, et vous payez une fois.</translation>
    </message>
    <message>
        <source>Anything else today?</source>
        <translation>Autre chose aujourd’hui ?</translation>
    </message>
</context>
<context>
    <name>NoPaper</name>
    <message>
        <source>No paper now. Your number will be on the screen.</source>
        <translation>Pas de papier. Votre numéro s’affichera à l’écran.</translation>
    </message>
</context>
<context>
    <name>NoticeWords</name>
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
    <message>
        <source>Staff have a notice for everybody. Please ask them.</source>
        <translation>Le personnel a un avis pour tous. Demandez-lui, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Longer wait</source>
        <translation>Attente plus longue</translation>
    </message>
    <message>
        <source>Closing soon</source>
        <translation>Fermeture bientôt</translation>
    </message>
    <message>
        <source>System fault</source>
        <translation>Panne d’un système</translation>
    </message>
    <message>
        <source>Documents are here</source>
        <translation>Documents arrivés</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Avis</translation>
    </message>
    <message>
        <source>Leave the building now</source>
        <translation>Évacuez le bâtiment</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>Restez dans le bâtiment</translation>
    </message>
    <message>
        <source>Follow the green exit signs. Do not use the lift.</source>
        <translation>Suivez les panneaux verts de sortie. Ne prenez pas l’ascenseur.</translation>
    </message>
    <message>
        <source>Keep away from doors and windows. Wait for staff.</source>
        <translation>Éloignez-vous des portes et des fenêtres. Attendez le personnel.</translation>
    </message>
</context>
<context>
    <name>PartWords</name>
    <message>
        <source>Printer</source>
        <translation>Imprimante</translation>
    </message>
    <message>
        <source>Document reader</source>
        <translation>Lecteur de documents</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Lecteur de codes</translation>
    </message>
    <message>
        <source>There is none here</source>
        <translation>Il n’y en a pas ici</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Fonctionne</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>Ne répond pas</translation>
    </message>
    <message>
        <source>Is not connected</source>
        <translation>N’est pas branché</translation>
    </message>
    <message>
        <source>Is broken</source>
        <translation>Est en panne</translation>
    </message>
    <message>
        <source>Needs a hand</source>
        <translation>Demande une intervention</translation>
    </message>
    <message>
        <source>Is working</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>Was tampered with</source>
        <translation>A été forcé</translation>
    </message>
    <message>
        <source>Is starting</source>
        <translation>Démarre</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>Pas encore essayé</translation>
    </message>
    <message>
        <source>Nothing is known of it</source>
        <translation>État inconnu</translation>
    </message>
    <message>
        <source>There is no paper in it</source>
        <translation>Il n’y a plus de papier</translation>
    </message>
    <message>
        <source>Its cover is open</source>
        <translation>Le capot est ouvert</translation>
    </message>
    <message>
        <source>Cutter or mechanism is stuck</source>
        <translation>Le massicot ou le mécanisme est bloqué</translation>
    </message>
    <message>
        <source>It does not say whether it has printed</source>
        <translation>Elle ne confirme pas l’impression</translation>
    </message>
    <message>
        <source>It could not read that document</source>
        <translation>Document illisible</translation>
    </message>
    <message>
        <source>It could not read that code</source>
        <translation>Code illisible</translation>
    </message>
    <message>
        <source>Nothing answers there</source>
        <translation>Rien ne répond à cet endroit</translation>
    </message>
    <message>
        <source>It answers too late</source>
        <translation>La réponse arrive trop tard</translation>
    </message>
    <message>
        <source>Something else uses it</source>
        <translation>Un autre programme l’utilise</translation>
    </message>
    <message>
        <source>It says what nobody understands</source>
        <translation>Sa réponse est incompréhensible</translation>
    </message>
    <message>
        <source>A number in the address is out of bounds</source>
        <translation>Un nombre de l’adresse est hors limites</translation>
    </message>
    <message>
        <source>It cannot be kept: is the disk full?</source>
        <translation>Impossible à garder : le disque est-il plein ?</translation>
    </message>
    <message>
        <source>This is not an address</source>
        <translation>Ce n’est pas une adresse</translation>
    </message>
    <message>
        <source>Nobody knows this kind of device</source>
        <translation>Ce type d’appareil est inconnu</translation>
    </message>
    <message>
        <source>That is another kind of device</source>
        <translation>C’est un autre type d’appareil</translation>
    </message>
    <message>
        <source>Fault: %1</source>
        <translation>Défaut : %1</translation>
    </message>
    <message>
        <source>Chip reader</source>
        <translation>Lecteur de puces</translation>
    </message>
    <message>
        <source>No chip has answered</source>
        <translation>Aucune puce n’a répondu</translation>
    </message>
    <message>
        <source>Its lists of trusted authorities are due</source>
        <translation>Ses listes d’autorités de confiance sont à renouveler</translation>
    </message>
    <message>
        <source>Its list of trusted authorities cannot be used</source>
        <translation>Sa liste d’autorités de confiance est inutilisable</translation>
    </message>
    <message>
        <source>Card terminal</source>
        <translation>Terminal de carte</translation>
    </message>
    <message>
        <source>It takes no money now</source>
        <translation>Il n’encaisse pas en ce moment</translation>
    </message>
    <message>
        <source>Its day cannot be ended</source>
        <translation>Sa journée n’a pas pu être clôturée</translation>
    </message>
    <message>
        <source>The server refuses its end of day</source>
        <translation>Le serveur refuse la clôture de sa journée</translation>
    </message>
</context>
<context>
    <name>PartyPage</name>
    <message>
        <source>%1 each</source>
        <translation>%1 chacun</translation>
    </message>
    <message numerus="yes">
        <source>%n people: go on</source>
        <translation>
            <numerusform>%n personne : continuer</numerusform>
            <numerusform>%n personnes : continuer</numerusform>
        </translation>
    </message>
    <message>
        <source>Count yourself, too.</source>
        <translation>Comptez-vous aussi.</translation>
    </message>
    <message>
        <source>For more people, ask staff.</source>
        <translation>Pour plus de personnes, demandez au personnel.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>How many people is it for?</source>
        <translation>C’est pour combien de personnes ?</translation>
    </message>
    <message>
        <source>No fee</source>
        <translation>Gratuit</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
</context>
<context>
    <name>PayLonger</name>
    <message>
        <source>You have paid</source>
        <translation>Vous avez payé</translation>
    </message>
    <message>
        <source>Staff have confirmed it</source>
        <translation>Le personnel a confirmé</translation>
    </message>
    <message>
        <source>The card was accepted</source>
        <translation>La carte a été acceptée</translation>
    </message>
    <message>
        <source>The card was read</source>
        <translation>La carte a été lue</translation>
    </message>
    <message>
        <source>Waiting for the answer</source>
        <translation>En attente de la réponse</translation>
    </message>
    <message>
        <source>Then your ticket is printed</source>
        <translation>Ensuite, votre ticket s’imprime</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
    <message>
        <source>Take the slip below and show it to staff.</source>
        <translation>Prenez le papier ci-dessous et montrez-le au personnel.</translation>
    </message>
    <message>
        <source>Show this number to staff, or write it down.</source>
        <translation>Montrez ce numéro au personnel, ou notez-le.</translation>
    </message>
    <message>
        <source>Print it again</source>
        <translation>L’imprimer à nouveau</translation>
    </message>
    <message>
        <source>I have my ticket</source>
        <translation>J’ai mon ticket</translation>
    </message>
    <message>
        <source>No, ask staff</source>
        <translation>Non, demander au personnel</translation>
    </message>
    <message>
        <source>Give my money back</source>
        <translation>Rendre mon argent</translation>
    </message>
    <message>
        <source>Stop the payment</source>
        <translation>Arrêter le paiement</translation>
    </message>
    <message>
        <source>Try another card</source>
        <translation>Essayer une autre carte</translation>
    </message>
    <message>
        <source>Pay here by card</source>
        <translation>Payer ici par carte</translation>
    </message>
    <message>
        <source>Get my ticket, pay at the counter</source>
        <translation>Mon ticket, et payer au guichet</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Get my ticket</source>
        <translation>Recevoir mon ticket</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>Pay now at the cash desk</source>
        <translation>Payer maintenant à la caisse</translation>
    </message>
    <message>
        <source>If it takes much longer, this kiosk calls staff for you.</source>
        <translation>Si cela dure encore, cette borne appelle le personnel pour vous.</translation>
    </message>
    <message>
        <source>The call did not get through. Please ask somebody near you to fetch staff.</source>
        <translation>L’appel n’est pas passé. Demandez à quelqu’un près de vous d’aller chercher le personnel.</translation>
    </message>
    <message>
        <source>Get my ticket, pay later</source>
        <translation>Mon ticket, et payer plus tard</translation>
    </message>
</context>
<context>
    <name>PayWords</name>
    <message>
        <source>You will not be charged twice.</source>
        <translation>Vous ne paierez pas deux fois.</translation>
    </message>
    <message>
        <source>Nothing was taken from your card.</source>
        <translation>Rien n’a été pris sur votre carte.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>The card terminal is getting ready.</source>
        <translation>Le terminal de carte se prépare.</translation>
    </message>
    <message>
        <source>Hold or insert your card at the card terminal</source>
        <translation>Présentez ou insérez votre carte au terminal</translation>
    </message>
    <message>
        <source>Insert your card in the card terminal</source>
        <translation>Insérez votre carte dans le terminal</translation>
    </message>
    <message>
        <source>Take your card out of the terminal</source>
        <translation>Retirez votre carte du terminal</translation>
    </message>
    <message>
        <source>Enter your card's PIN at the terminal</source>
        <translation>Tapez le code de votre carte sur le terminal</translation>
    </message>
    <message>
        <source>Cover the keys with your hand.</source>
        <translation>Cachez les touches avec la main.</translation>
    </message>
    <message>
        <source>That PIN was not right</source>
        <translation>Ce code n’est pas le bon</translation>
    </message>
    <message>
        <source>Look at the terminal. It says whether you can try again.</source>
        <translation>Regardez le terminal : il dit si vous pouvez réessayer.</translation>
    </message>
    <message>
        <source>Confirm the amount at the terminal</source>
        <translation>Confirmez le montant sur le terminal</translation>
    </message>
    <message>
        <source>Press the green key.</source>
        <translation>Appuyez sur la touche verte.</translation>
    </message>
    <message>
        <source>Choose at the terminal</source>
        <translation>Choisissez sur le terminal</translation>
    </message>
    <message>
        <source>It shows what you can choose.</source>
        <translation>Il montre ce que vous pouvez choisir.</translation>
    </message>
    <message>
        <source>Look at the card terminal</source>
        <translation>Regardez le terminal de carte</translation>
    </message>
    <message>
        <source>It tells you what to do.</source>
        <translation>Il vous dit quoi faire.</translation>
    </message>
    <message>
        <source>Your bank is being asked</source>
        <translation>Votre banque est consultée</translation>
    </message>
    <message>
        <source>Please leave your card where it is.</source>
        <translation>Laissez votre carte où elle est.</translation>
    </message>
    <message>
        <source>Please insert the card</source>
        <translation>Insérez la carte, s’il vous plaît</translation>
    </message>
    <message>
        <source>It could not be read the other way.</source>
        <translation>Elle n’a pas pu être lue autrement.</translation>
    </message>
    <message>
        <source>This card is not accepted here</source>
        <translation>Cette carte n’est pas acceptée ici</translation>
    </message>
    <message>
        <source>Please try another card.</source>
        <translation>Essayez une autre carte.</translation>
    </message>
    <message>
        <source>The card was accepted</source>
        <translation>La carte a été acceptée</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Un instant, s’il vous plaît.</translation>
    </message>
    <message>
        <source>The card was not accepted</source>
        <translation>La carte n’a pas été acceptée</translation>
    </message>
    <message>
        <source>The payment was stopped</source>
        <translation>Le paiement a été arrêté</translation>
    </message>
    <message>
        <source>The payment is being taken back</source>
        <translation>Le paiement est en cours d’annulation</translation>
    </message>
    <message>
        <source>We are finding out whether you have paid</source>
        <translation>Nous vérifions si vous avez payé</translation>
    </message>
    <message>
        <source>Your money is being given back</source>
        <translation>Votre argent vous est rendu</translation>
    </message>
    <message>
        <source>Please wait here.</source>
        <translation>Attendez ici, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Paid. Your ticket is printing</source>
        <translation>Payé. Votre ticket s’imprime</translation>
    </message>
    <message>
        <source>Your receipt comes after it.</source>
        <translation>Votre reçu vient ensuite.</translation>
    </message>
    <message>
        <source>Your money was given back</source>
        <translation>Votre argent vous a été rendu</translation>
    </message>
    <message>
        <source>You have not paid.</source>
        <translation>Vous n’avez pas payé.</translation>
    </message>
    <message>
        <source>Your money goes back to your card</source>
        <translation>Votre argent retourne sur votre carte</translation>
    </message>
    <message>
        <source>Your bank needs some days for that.</source>
        <translation>Votre banque a besoin de quelques jours.</translation>
    </message>
    <message>
        <source>Staff will find out about your payment</source>
        <translation>Le personnel va vérifier votre paiement</translation>
    </message>
    <message>
        <source>Staff were called.</source>
        <translation>Le personnel a été appelé.</translation>
    </message>
    <message>
        <source>This kiosk cannot go on</source>
        <translation>Cette borne ne peut pas continuer</translation>
    </message>
    <message>
        <source>Staff were called. Please wait here.</source>
        <translation>Le personnel a été appelé. Attendez ici.</translation>
    </message>
    <message>
        <source>You have not paid</source>
        <translation>Vous n’avez pas payé</translation>
    </message>
    <message>
        <source>Paying did not work here</source>
        <translation>Le paiement n’a pas fonctionné ici</translation>
    </message>
    <message>
        <source>Did your ticket come out?</source>
        <translation>Votre ticket est-il sorti ?</translation>
    </message>
    <message>
        <source>You have paid.</source>
        <translation>Vous avez payé.</translation>
    </message>
    <message>
        <source>Your ticket did not come out</source>
        <translation>Votre ticket n’est pas sorti</translation>
    </message>
    <message>
        <source>The payment is being stopped</source>
        <translation>Le paiement est en cours d’arrêt</translation>
    </message>
    <message>
        <source>Please pay at the cash desk</source>
        <translation>Payez à la caisse, s’il vous plaît</translation>
    </message>
    <message>
        <source>Staff confirm it. Then your ticket comes out here.</source>
        <translation>Le personnel le confirme. Votre ticket sort ensuite ici.</translation>
    </message>
    <message>
        <source>Staff have confirmed it</source>
        <translation>Le personnel a confirmé</translation>
    </message>
    <message>
        <source>Please get your money back at the cash desk</source>
        <translation>Reprenez votre argent à la caisse, s’il vous plaît</translation>
    </message>
    <message>
        <source>Staff were told.</source>
        <translation>Le personnel est prévenu.</translation>
    </message>
    <message>
        <source>This takes longer. Please stay here.</source>
        <translation>Cela prend plus de temps. Restez ici.</translation>
    </message>
    <message>
        <source>Staff are called. Please stay here.</source>
        <translation>Le personnel est appelé. Restez ici.</translation>
    </message>
    <message>
        <source>You will not pay twice.</source>
        <translation>Vous ne paierez pas deux fois.</translation>
    </message>
</context>
<context>
    <name>PersonWords</name>
    <message>
        <source>Adult</source>
        <translation>Adulte</translation>
    </message>
    <message>
        <source>Adult %1</source>
        <translation>Adulte %1</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>Enfant</translation>
    </message>
    <message>
        <source>Child %1</source>
        <translation>Enfant %1</translation>
    </message>
    <message>
        <source>Small child</source>
        <translation>Jeune enfant</translation>
    </message>
    <message>
        <source>Small child %1</source>
        <translation>Jeune enfant %1</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Person %1</source>
        <translation>Personne %1</translation>
    </message>
    <message>
        <source>Now the adult’s passport, please</source>
        <translation>Maintenant le passeport de l’adulte, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the first adult’s passport, please</source>
        <translation>Maintenant le passeport du premier adulte, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the next adult’s passport, please</source>
        <translation>Maintenant le passeport de l’adulte suivant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the child’s passport, please</source>
        <translation>Maintenant le passeport de l’enfant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the first child’s passport, please</source>
        <translation>Maintenant le passeport du premier enfant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the next child’s passport, please</source>
        <translation>Maintenant le passeport de l’enfant suivant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the small child’s passport, please</source>
        <translation>Maintenant le passeport du jeune enfant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the first small child’s passport, please</source>
        <translation>Maintenant le passeport du premier jeune enfant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the next small child’s passport, please</source>
        <translation>Maintenant le passeport du jeune enfant suivant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the person’s passport, please</source>
        <translation>Maintenant le passeport de cette personne, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the first person’s passport, please</source>
        <translation>Maintenant le passeport de la première personne, s’il vous plaît</translation>
    </message>
    <message>
        <source>Now the next person’s passport, please</source>
        <translation>Maintenant le passeport de la personne suivante, s’il vous plaît</translation>
    </message>
    <message>
        <source>This child has none</source>
        <translation>Cet enfant n’en a pas</translation>
    </message>
    <message>
        <source>This person has none</source>
        <translation>Cette personne n’en a pas</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>At the counter</source>
        <translation>Au guichet</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
</context>
<context>
    <name>PinPage</name>
    <message>
        <source>Please wait.</source>
        <translation>Veuillez patienter.</translation>
    </message>
    <message numerus="yes">
        <source>Too many tries. Please wait %n minutes.</source>
        <translation>
            <numerusform>Trop d’essais. Attendez %n minute.</numerusform>
            <numerusform>Trop d’essais. Attendez %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>That was not right. Please try again.</source>
        <translation>Ce n’était pas le bon code. Essayez encore.</translation>
    </message>
    <message>
        <source>Type the PIN, or touch Back.</source>
        <translation>Tapez le code, ou touchez « Retour ».</translation>
    </message>
    <message>
        <source>For technicians only</source>
        <translation>Réservé aux techniciens</translation>
    </message>
</context>
<context>
    <name>RestartPage</name>
    <message>
        <source>This deletes what you have entered.</source>
        <translation>Tout ce que vous avez saisi sera effacé.</translation>
    </message>
    <message>
        <source>Your number %1 is not on paper. Please write it down first.</source>
        <translation>Votre numéro %1 n’est pas sur papier. Notez-le d’abord.</translation>
    </message>
    <message>
        <source>Do you want to start again?</source>
        <translation>Voulez-vous recommencer ?</translation>
    </message>
    <message>
        <source>No, keep it and go on</source>
        <translation>Non, le garder et continuer</translation>
    </message>
    <message>
        <source>Yes, delete it and start again</source>
        <translation>Oui, l’effacer et recommencer</translation>
    </message>
</context>
<context>
    <name>SignsPage</name>
    <message>
        <source>It stands in your message or on your paper.</source>
        <translation>Il est dans votre message ou sur votre papier.</translation>
    </message>
    <message>
        <source>Type the code of your appointment</source>
        <translation>Tapez le code de votre rendez-vous</translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message>
        <source>We are looking for your place.</source>
        <translation>Nous cherchons votre place.</translation>
    </message>
    <message>
        <source>Please watch the boards. They show your number.</source>
        <translation>Regardez les écrans. Votre numéro y sera affiché.</translation>
    </message>
    <message>
        <source>Please go to the counter now.</source>
        <translation>Allez au guichet maintenant.</translation>
    </message>
    <message>
        <source>Please go to your counter.</source>
        <translation>Allez à votre guichet.</translation>
    </message>
    <message>
        <source>Please tell staff that you are here.</source>
        <translation>Dites au personnel que vous êtes ici.</translation>
    </message>
    <message>
        <source>If you need anything else, please ask staff.</source>
        <translation>Pour toute autre demande, adressez-vous au personnel.</translation>
    </message>
    <message>
        <source>Please show it to staff. They will help you.</source>
        <translation>Montrez-le au personnel. Il vous aidera.</translation>
    </message>
    <message>
        <source>We cannot show it now. Please stay in the hall.</source>
        <translation>Nous ne pouvons pas l’afficher maintenant. Restez dans la salle, s’il vous plaît.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Your place is safe</source>
        <translation>Votre place est gardée</translation>
    </message>
    <message>
        <source>It is your turn</source>
        <translation>C’est votre tour</translation>
    </message>
    <message>
        <source>Your visit is on hold</source>
        <translation>Votre visite est suspendue</translation>
    </message>
    <message>
        <source>Your number was called</source>
        <translation>Votre numéro a été appelé</translation>
    </message>
    <message>
        <source>This visit has ended</source>
        <translation>Cette visite est terminée</translation>
    </message>
    <message>
        <source>We cannot read this code here</source>
        <translation>Nous ne pouvons pas lire ce code ici</translation>
    </message>
    <message>
        <source>Your number is called to this counter</source>
        <translation>Votre numéro est appelé à ce guichet</translation>
    </message>
    <message>
        <source>Your number is called</source>
        <translation>Votre numéro est appelé</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>Votre numéro</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>Il n’y a personne avant vous</translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n numéro avant vous</numerusform>
            <numerusform>%n numéros avant vous</numerusform>
        </translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Please wait a little, or ask staff.</source>
        <translation>Attendez un peu ou demandez au personnel.</translation>
    </message>
    <message>
        <source>This number is not shown now</source>
        <translation>Ce numéro n’est pas affiché en ce moment</translation>
    </message>
    <message>
        <source>Too many numbers were typed here</source>
        <translation>Trop de numéros ont été tapés ici</translation>
    </message>
    <message>
        <source>You have typed</source>
        <translation>Vous avez tapé</translation>
    </message>
    <message>
        <source>Staff can print your ticket again. Show them your document.</source>
        <translation>Le personnel peut réimprimer votre ticket. Montrez-lui votre document.</translation>
    </message>
    <message>
        <source>Type the number again</source>
        <translation>Retaper le numéro</translation>
    </message>
</context>
<context>
    <name>ClosedPage</name>
    <message>
        <source>Staff will help you. Please touch Call staff.</source>
        <translation>Le personnel vous aidera. Touchez « Appeler le personnel ».</translation>
    </message>
    <message>
        <source>If you have a ticket, please stay. You will be called.</source>
        <translation>Si vous avez un ticket, restez. Nous vous appellerons.</translation>
    </message>
    <message>
        <source>We are closed now</source>
        <translation>Nous sommes fermés</translation>
    </message>
    <message>
        <source>No more tickets today</source>
        <translation>Il n’y a plus de tickets aujourd’hui</translation>
    </message>
    <message>
        <source>Today is full</source>
        <translation>C’est complet aujourd’hui</translation>
    </message>
    <message>
        <source>This kiosk is out of order</source>
        <translation>Cette borne est hors service</translation>
    </message>
    <message>
        <source>This kiosk gives no numbers now</source>
        <translation>Cette borne ne donne pas de numéros en ce moment</translation>
    </message>
    <message>
        <source>Open again today at %1</source>
        <translation>Réouverture aujourd’hui à %1</translation>
    </message>
    <message>
        <source>Open again tomorrow at %1</source>
        <translation>Réouverture demain à %1</translation>
    </message>
    <message>
        <source>Open again on %1 at %2</source>
        <translation>Réouverture le %1 à %2</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>I have a number</source>
        <translation>J’ai un numéro</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermé</translation>
    </message>
    <message>
        <source>No more tickets</source>
        <translation>Tickets épuisés</translation>
    </message>
    <message>
        <source>Full today</source>
        <translation>Complet aujourd’hui</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>Come another day</source>
        <translation>Venir un autre jour</translation>
    </message>
</context>
<context>
    <name>SealWords</name>
    <message>
        <source>Staff will look at your paper with you.</source>
        <translation>Le personnel regardera votre papier avec vous.</translation>
    </message>
    <message>
        <source>The seal is in order</source>
        <translation>Le sceau est bon</translation>
    </message>
    <message>
        <source>It was signed by a state and not changed. Staff will compare it with the print.</source>
        <translation>Un État l’a signé et rien n’a été changé. Le personnel le comparera avec ce qui est imprimé.</translation>
    </message>
    <message>
        <source>We could read the seal on your paper</source>
        <translation>Nous avons pu lire le sceau de votre papier</translation>
    </message>
    <message>
        <source>Its last day has passed. Staff will tell you what to do.</source>
        <translation>Son dernier jour est passé. Le personnel vous dira quoi faire.</translation>
    </message>
    <message>
        <source>We cannot check here who signed it. Staff will look at your paper with you.</source>
        <translation>Nous ne pouvons pas vérifier ici qui l’a signé. Le personnel regardera votre papier avec vous.</translation>
    </message>
    <message>
        <source>It names no person. Please show staff your document too.</source>
        <translation>Il ne nomme personne. Montrez aussi votre document au personnel.</translation>
    </message>
    <message>
        <source>Visa</source>
        <translation>Visa</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>Titre de séjour</translation>
    </message>
    <message>
        <source>Residence paper</source>
        <translation>Document de séjour</translation>
    </message>
    <message>
        <source>Sheet of a residence permit</source>
        <translation>Feuille d’un titre de séjour</translation>
    </message>
    <message>
        <source>Proof of arrival</source>
        <translation>Attestation d’arrivée</translation>
    </message>
    <message>
        <source>Emergency travel document</source>
        <translation>Titre de voyage d’urgence</translation>
    </message>
    <message>
        <source>Travel document</source>
        <translation>Titre de voyage</translation>
    </message>
    <message>
        <source>Temporary passport</source>
        <translation>Passeport provisoire</translation>
    </message>
    <message>
        <source>Replacement for a passport</source>
        <translation>Document tenant lieu de passeport</translation>
    </message>
    <message>
        <source>Replacement for an identity card</source>
        <translation>Document tenant lieu de carte d’identité</translation>
    </message>
    <message>
        <source>Temporary identity card</source>
        <translation>Carte d’identité provisoire</translation>
    </message>
    <message>
        <source>Address on an identity card</source>
        <translation>Adresse sur une carte d’identité</translation>
    </message>
    <message>
        <source>Place of residence in a passport</source>
        <translation>Lieu de résidence dans un passeport</translation>
    </message>
    <message>
        <source>Social insurance card</source>
        <translation>Carte d’assurance sociale</translation>
    </message>
    <message>
        <source>Health certificate</source>
        <translation>Certificat de santé</translation>
    </message>
    <message>
        <source>We could not check the seal on your paper</source>
        <translation>Nous n’avons pas pu vérifier le sceau de votre papier</translation>
    </message>
    <message>
        <source>A paper with a seal</source>
        <translation>Un papier avec un sceau</translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message>
        <source>Which service?</source>
        <translation>Quel service ?</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>Please wait.</source>
        <translation>Veuillez patienter.</translation>
    </message>
    <message>
        <source>Type the enrolment code.</source>
        <translation>Tapez le code d’inscription.</translation>
    </message>
    <message>
        <source>This code does not work any more. Please ask for a new one.</source>
        <translation>Ce code ne marche plus. Demandez-en un nouveau.</translation>
    </message>
    <message>
        <source>The server does not answer. Please check the network.</source>
        <translation>Le serveur ne répond pas. Vérifiez le réseau.</translation>
    </message>
    <message>
        <source>Too many tries. Please wait some minutes.</source>
        <translation>Trop d’essais. Attendez quelques minutes.</translation>
    </message>
    <message>
        <source>That did not work. Please try again.</source>
        <translation>Cela n’a pas marché. Essayez encore.</translation>
    </message>
    <message>
        <source>Set up this kiosk</source>
        <translation>Configurer cette borne</translation>
    </message>
    <message>
        <source>Type the enrolment code, or hold the code of the manager’s page under the scanner.</source>
        <translation>Tapez le code d’inscription, ou montrez au lecteur le code de la page du responsable.</translation>
    </message>
    <message>
        <source>Hold the code of the manager’s page under the scanner.</source>
        <translation>Montrez au lecteur le code de la page du responsable.</translation>
    </message>
    <message>
        <source>Please connect a scanner. It reads the code of the manager’s page.</source>
        <translation>Branchez un lecteur de codes. Il lit le code de la page du responsable.</translation>
    </message>
    <message>
        <source>This code sets up no kiosk. Please show the one of the manager’s page.</source>
        <translation>Ce code ne configure pas une borne. Montrez celui de la page du responsable.</translation>
    </message>
    <message>
        <source>Another server answers. It was told nothing. Please ask for a new code, and check the network.</source>
        <translation>Un autre serveur répond. Rien ne lui a été dit. Demandez un nouveau code et vérifiez le réseau.</translation>
    </message>
    <message>
        <source>This code is for another device, and is used up. Please ask for one for a kiosk.</source>
        <translation>Ce code est pour un autre appareil, et il est utilisé. Demandez-en un pour une borne.</translation>
    </message>
</context>
<context>
    <name>ShowTicket</name>
    <message>
        <source>Have a ticket? Hold its code under the scanner to see your place.</source>
        <translation>Un ticket ? Montrez son code au lecteur pour voir votre place.</translation>
    </message>
</context>
<context>
    <name>TimeLine</name>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>come in</source>
        <translation>entrez</translation>
    </message>
    <message>
        <source>your time</source>
        <translation>votre heure</translation>
    </message>
</context>
<context>
    <name>UnavailablePage</name>
    <message>
        <source>This kiosk gives no numbers now</source>
        <translation>Cette borne ne donne pas de numéros en ce moment</translation>
    </message>
    <message>
        <source>Staff will help you. Please touch Call staff.</source>
        <translation>Le personnel vous aidera. Touchez « Appeler le personnel ».</translation>
    </message>
    <message>
        <source>No service is open at this kiosk now</source>
        <translation>Aucun service n’est ouvert à cette borne</translation>
    </message>
    <message>
        <source>This kiosk has no more numbers today</source>
        <translation>Cette borne n’a plus de numéros aujourd’hui</translation>
    </message>
    <message>
        <source>This kiosk cannot give tickets now</source>
        <translation>Cette borne ne peut pas donner de tickets pour l’instant</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>I have a number</source>
        <translation>J’ai un numéro</translation>
    </message>
    <message>
        <source>No tickets now</source>
        <translation>Pas de tickets pour le moment</translation>
    </message>
</context>
<context>
    <name>TechnicianPage</name>
    <message>
        <source>Out of order</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>In service</source>
        <translation>En service</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message numerus="yes">
        <source>%n tickets were refused</source>
        <translation>
            <numerusform>%n ticket a été refusé</numerusform>
            <numerusform>%n tickets ont été refusés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tickets wait for the server</source>
        <translation>
            <numerusform>%n ticket attend le serveur</numerusform>
            <numerusform>%n tickets attendent le serveur</numerusform>
        </translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>Ne répond pas</translation>
    </message>
    <message>
        <source>A test is being printed.</source>
        <translation>Impression d’un essai.</translation>
    </message>
    <message>
        <source>The test was printed and cut.</source>
        <translation>L’essai est imprimé et coupé.</translation>
    </message>
    <message>
        <source>Looking at the new roll.</source>
        <translation>Contrôle du nouveau rouleau.</translation>
    </message>
    <message>
        <source>The printer has paper.</source>
        <translation>L’imprimante a du papier.</translation>
    </message>
    <message>
        <source>Put a document on the reader.</source>
        <translation>Posez un document sur le lecteur.</translation>
    </message>
    <message>
        <source>The reader has read it. Nothing was kept.</source>
        <translation>Le lecteur l’a lu. Rien n’a été gardé.</translation>
    </message>
    <message>
        <source>Hold any code under the scanner.</source>
        <translation>Présentez un code au lecteur.</translation>
    </message>
    <message>
        <source>The scanner has read it. Nothing was kept.</source>
        <translation>Le lecteur l’a lu. Rien n’a été gardé.</translation>
    </message>
    <message>
        <source>New roll</source>
        <translation>Nouveau rouleau</translation>
    </message>
    <message>
        <source>Test print</source>
        <translation>Imprimer un essai</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Test reader</source>
        <translation>Essai du lecteur</translation>
    </message>
    <message>
        <source>Test scanner</source>
        <translation>Essai des codes</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>Put in service</source>
        <translation>Mettre en service</translation>
    </message>
    <message>
        <source>Take out of order</source>
        <translation>Mettre hors service</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Change nothing</source>
        <translation>Ne rien changer</translation>
    </message>
    <message>
        <source>Put a document on the chip reader.</source>
        <translation>Posez un document sur le lecteur de puces.</translation>
    </message>
    <message>
        <source>A chip has answered. Nothing was read.</source>
        <translation>Une puce a répondu. Rien n’a été lu.</translation>
    </message>
    <message>
        <source>Test chip reader</source>
        <translation>Tester les puces</translation>
    </message>
    <message>
        <source>Test card terminal</source>
        <translation>Tester le terminal</translation>
    </message>
    <message>
        <source>The card terminal is being asked.</source>
        <translation>Le terminal est interrogé.</translation>
    </message>
    <message>
        <source>The card terminal has answered, and is ready.</source>
        <translation>Le terminal de carte a répondu, il est prêt.</translation>
    </message>
</context>
<context>
    <name>TicketNumber</name>
    <message>
        <source>Your number</source>
        <translation>Votre numéro</translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message>
        <source>Print my ticket</source>
        <translation>Imprimer mon ticket</translation>
    </message>
    <message>
        <source>Write your number down or take a photo.</source>
        <translation>Notez votre numéro ou prenez une photo.</translation>
    </message>
    <message>
        <source>The paper ended too soon</source>
        <translation>Le papier s’est arrêté trop tôt</translation>
    </message>
    <message>
        <source>The printer has no paper</source>
        <translation>L’imprimante n’a plus de papier</translation>
    </message>
    <message>
        <source>Your ticket is printing</source>
        <translation>Votre ticket s’imprime</translation>
    </message>
    <message>
        <source>Take your ticket below</source>
        <translation>Prenez votre ticket en bas</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>Il n’y a personne avant vous</translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>%n numéro avant vous</numerusform>
            <numerusform>%n numéros avant vous</numerusform>
        </translation>
    </message>
    <message>
        <source>You asked to go first. Staff will decide.</source>
        <translation>Vous avez demandé à passer en premier. Le personnel décidera.</translation>
    </message>
    <message>
        <source>Ask staff to write it</source>
        <translation>Demander au personnel de l’écrire</translation>
    </message>
    <message>
        <source>I have my number</source>
        <translation>J’ai mon numéro</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>You are late for %1. You keep your place.</source>
        <translation>Vous êtes en retard pour %1. Vous gardez votre place.</translation>
    </message>
    <message>
        <source>Your time is %1. It is kept.</source>
        <translation>Votre heure est %1. Elle est gardée.</translation>
    </message>
    <message>
        <source>You are on time for %1</source>
        <translation>Vous êtes à l’heure pour %1</translation>
    </message>
    <message>
        <source>Your form is filled in</source>
        <translation>Votre formulaire est rempli</translation>
    </message>
    <message>
        <source>Fill in my form</source>
        <translation>Remplir mon formulaire</translation>
    </message>
</context>
<context>
    <name>OwedLine</name>
    <message>
        <source>Your fee is paid</source>
        <translation>Vos frais sont payés</translation>
    </message>
    <message>
        <source>Fee: %1</source>
        <translation>Frais : %1</translation>
    </message>
    <message>
        <source>%1, pay at the counter</source>
        <translation>%1, à payer au guichet</translation>
    </message>
    <message>
        <source>%1, pay later: %2</source>
        <translation>%1, à payer plus tard : %2</translation>
    </message>
</context>
<context>
    <name>WaitLine</name>
    <message numerus="yes">
        <source>Up to %n minutes, at the latest %1</source>
        <translation>
            <numerusform>%n minute au plus, au plus tard à %1</numerusform>
            <numerusform>%n minutes au plus, au plus tard à %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %2 to %n minutes, at the latest %1</source>
        <translation>
            <numerusform>Environ %2 à %n minute, au plus tard à %1</numerusform>
            <numerusform>Environ %2 à %n minutes, au plus tard à %1</numerusform>
        </translation>
    </message>
    <message>
        <source>We may not reach you before closing. Please ask staff.</source>
        <translation>Nous ne pourrons peut-être pas vous recevoir avant la fermeture. Adressez-vous au personnel.</translation>
    </message>
</context>
<context>
    <name>ClosedservicePage</name>
    <message>
        <source>If you have a number or an appointment for it, please stay. You will be called.</source>
        <translation>Si vous avez un numéro ou un rendez-vous pour cela, restez. Nous vous appellerons.</translation>
    </message>
    <message>
        <source>This is closed for today</source>
        <translation>C’est fermé pour aujourd’hui</translation>
    </message>
    <message>
        <source>Free: %1</source>
        <translation>Libre : %1</translation>
    </message>
    <message>
        <source>See which days are free</source>
        <translation>Voir quels jours sont libres</translation>
    </message>
    <message>
        <source>Come another day</source>
        <translation>Venir un autre jour</translation>
    </message>
    <message>
        <source>Choose something else</source>
        <translation>Choisir autre chose</translation>
    </message>
    <message>
        <source>Talk to staff now</source>
        <translation>Parler au personnel maintenant</translation>
    </message>
    <message>
        <source>It cannot wait</source>
        <translation>C’est urgent</translation>
    </message>
</context>
<context>
    <name>ClosingPage</name>
    <message>
        <source>We close at %1.</source>
        <translation>Nous fermons à %1.</translation>
    </message>
    <message>
        <source>We may not reach you before closing today</source>
        <translation>Nous ne pourrons peut-être pas vous recevoir aujourd’hui</translation>
    </message>
    <message>
        <source>You have paid nothing.</source>
        <translation>Vous n’avez rien payé.</translation>
    </message>
    <message>
        <source>Free: %1</source>
        <translation>Libre : %1</translation>
    </message>
    <message>
        <source>See which days are free</source>
        <translation>Voir quels jours sont libres</translation>
    </message>
    <message>
        <source>Come another day</source>
        <translation>Venir un autre jour</translation>
    </message>
    <message>
        <source>Talk to staff now</source>
        <translation>Parler au personnel maintenant</translation>
    </message>
    <message>
        <source>It cannot wait</source>
        <translation>C’est urgent</translation>
    </message>
    <message>
        <source>We may have no time for you today</source>
        <translation>Nous n’aurons peut-être pas le temps</translation>
    </message>
    <message>
        <source>Take a number all the same</source>
        <translation>Prendre quand même un numéro</translation>
    </message>
</context>
<context>
    <name>WaitWords</name>
    <message>
        <source>Not before closing today</source>
        <translation>Pas avant la fermeture</translation>
    </message>
    <message numerus="yes">
        <source>Up to %n minutes</source>
        <translation>
            <numerusform>%n minute au plus</numerusform>
            <numerusform>%n minutes au plus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %1 to %n minutes</source>
        <translation>
            <numerusform>Environ %1 à %n minute</numerusform>
            <numerusform>Environ %1 à %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitSteps</name>
    <message>
        <source>Your steps</source>
        <translation>Vos étapes</translation>
    </message>
</context>
<context>
    <name>NumberCard</name>
    <message>
        <source>Your number</source>
        <translation>Votre numéro</translation>
    </message>
    <message>
        <source>Your place is safe.</source>
        <translation>Votre place est gardée.</translation>
    </message>
</context>
<context>
    <name>SideWords</name>
    <message>
        <source>The card terminal is on the left of this screen.</source>
        <translation>Le terminal de carte est à gauche de cet écran.</translation>
    </message>
    <message>
        <source>The card terminal is below this screen.</source>
        <translation>Le terminal de carte est sous cet écran.</translation>
    </message>
    <message>
        <source>The card terminal is on the right of this screen.</source>
        <translation>Le terminal de carte est à droite de cet écran.</translation>
    </message>
    <message>
        <source>The glass is on the left of this screen.</source>
        <translation>La vitre est à gauche de cet écran.</translation>
    </message>
    <message>
        <source>The glass is below this screen.</source>
        <translation>La vitre est sous cet écran.</translation>
    </message>
    <message>
        <source>The glass is on the right of this screen.</source>
        <translation>La vitre est à droite de cet écran.</translation>
    </message>
</context>
<context>
    <name>CollectPage</name>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>Ouvrez-le à la photo. Photo vers le bas.</translation>
    </message>
    <message>
        <source>Put your passport or ID card on the glass</source>
        <translation>Posez votre passeport ou carte d’identité sur la vitre</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>Lecture en cours. Ne le bougez pas.</translation>
    </message>
    <message>
        <source>Please put it down again.</source>
        <translation>Posez-le encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>It starts by itself.</source>
        <translation>La lecture démarre toute seule.</translation>
    </message>
    <message>
        <source>It says what is here for you. An old one is enough. This kiosk keeps nothing.</source>
        <translation>Il dit ce qui est ici pour vous. Un ancien suffit. Cette borne ne garde rien.</translation>
    </message>
    <message>
        <source>Twelve digits from our message</source>
        <translation>Douze chiffres de notre message</translation>
    </message>
    <message>
        <source>I have a code</source>
        <translation>J’ai un code</translation>
    </message>
    <message>
        <source>Also if you collect for somebody else</source>
        <translation>Aussi si vous retirez pour quelqu’un d’autre</translation>
    </message>
    <message>
        <source>I have neither</source>
        <translation>Je n’ai ni l’un ni l’autre</translation>
    </message>
</context>
<context>
    <name>PasscodePage</name>
    <message>
        <source>Compare it with our message. One digit is wrong.</source>
        <translation>Comparez-le à notre message. Un chiffre est faux.</translation>
    </message>
    <message>
        <source>The code opens one door, once.</source>
        <translation>Le code ouvre une seule porte, une seule fois.</translation>
    </message>
    <message>
        <source>Please look at the code again</source>
        <translation>Vérifiez le code, s’il vous plaît</translation>
    </message>
    <message>
        <source>Type the twelve digits of our message</source>
        <translation>Tapez les douze chiffres de notre message</translation>
    </message>
</context>
<context>
    <name>ItemWords</name>
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
        <source>Ready here</source>
        <translation>Prêt ici</translation>
    </message>
    <message>
        <source>At the counter</source>
        <translation>Au guichet</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>Pas encore prêt</translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>We look for what is here for you.</source>
        <translation>Nous cherchons ce qui est ici pour vous.</translation>
    </message>
    <message>
        <source>Try again, or ask staff.</source>
        <translation>Réessayez, ou adressez-vous au personnel.</translation>
    </message>
    <message>
        <source>If you collect for somebody else, show staff the letter first.</source>
        <translation>Si vous retirez pour quelqu’un d’autre, montrez d’abord la lettre au personnel.</translation>
    </message>
    <message>
        <source>Staff can help you now.</source>
        <translation>Le personnel peut vous aider maintenant.</translation>
    </message>
    <message>
        <source>Your documents are safe. Please ask staff.</source>
        <translation>Vos documents sont en sécurité. Adressez-vous au personnel.</translation>
    </message>
    <message>
        <source>Take them one after another.</source>
        <translation>Prenez-les l’un après l’autre.</translation>
    </message>
    <message>
        <source>A door opens. Take it and close the door.</source>
        <translation>Une porte s’ouvre. Prenez-le et fermez la porte.</translation>
    </message>
    <message>
        <source>Take a number. Staff give it to you.</source>
        <translation>Prenez un numéro. Le personnel vous le remet.</translation>
    </message>
    <message>
        <source>If you left an e-mail or phone number, we write to you.</source>
        <translation>Si vous avez laissé un e-mail ou un numéro, nous vous écrirons.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>This code does not open a door</source>
        <translation>Ce code n’ouvre aucune porte</translation>
    </message>
    <message>
        <source>Nothing is here for this document</source>
        <translation>Il n’y a rien ici pour ce document</translation>
    </message>
    <message numerus="yes">
        <source>Nothing can be tried here for %n minutes</source>
        <translation>
            <numerusform>Aucun essai ici pendant %n minute</numerusform>
            <numerusform>Aucun essai ici pendant %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>We cannot look now</source>
        <translation>Nous ne pouvons pas chercher maintenant</translation>
    </message>
    <message>
        <source>Your document is ready</source>
        <translation>Votre document est prêt</translation>
    </message>
    <message>
        <source>Your document is not ready yet</source>
        <translation>Votre document n’est pas encore prêt</translation>
    </message>
    <message>
        <source>Your document is at the counter</source>
        <translation>Votre document est au guichet</translation>
    </message>
    <message numerus="yes">
        <source>%n documents for you</source>
        <translation>
            <numerusform>%n document pour vous</numerusform>
            <numerusform>%n documents pour vous</numerusform>
        </translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
    <message numerus="yes">
        <source>and %n more documents</source>
        <translation>
            <numerusform>et %n autre document</numerusform>
            <numerusform>et %n autres documents</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the door</source>
        <translation>Ouvrir la porte</translation>
    </message>
    <message>
        <source>Take a number for the counter</source>
        <translation>Prendre un numéro pour le guichet</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>LockerPage</name>
    <message>
        <source>This takes longer. Please stay here.</source>
        <translation>Cela prend plus de temps. Restez ici.</translation>
    </message>
    <message>
        <source>Please look at the lockers.</source>
        <translation>Regardez les casiers, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Take your document. Close the door.</source>
        <translation>Prenez votre document. Fermez la porte.</translation>
    </message>
    <message>
        <source>Please close the door, also if you leave something in it.</source>
        <translation>Fermez la porte, même si vous y laissez quelque chose.</translation>
    </message>
    <message>
        <source>Staff are called. Please close the door.</source>
        <translation>Le personnel est appelé. Fermez la porte, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Open it once more and take it, or leave it there.</source>
        <translation>Ouvrez-la encore une fois et prenez-le, ou laissez-le là.</translation>
    </message>
    <message>
        <source>Somebody else is at the lockers. Wait until their door is closed.</source>
        <translation>Quelqu’un d’autre est aux casiers. Attendez que sa porte soit fermée.</translation>
    </message>
    <message>
        <source>We are sorry. Staff are called. Your document is safe.</source>
        <translation>Nous sommes désolés. Le personnel est appelé. Votre document est en sécurité.</translation>
    </message>
    <message>
        <source>Staff are called. Please stay here.</source>
        <translation>Le personnel est appelé. Restez ici, s’il vous plaît.</translation>
    </message>
    <message>
        <source>It is too long ago that you showed your document.</source>
        <translation>Vous avez montré votre document il y a trop longtemps.</translation>
    </message>
    <message>
        <source>We cannot reach the lockers. Your document is safe.</source>
        <translation>Nous ne joignons pas les casiers. Votre document est en sécurité.</translation>
    </message>
    <message>
        <source>Door %1 opens</source>
        <translation>La porte %1 s’ouvre</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>Door %1 is open</source>
        <translation>La porte %1 est ouverte</translation>
    </message>
    <message>
        <source>Please close door %1</source>
        <translation>Fermez la porte %1, s’il vous plaît</translation>
    </message>
    <message>
        <source>Your document is still in door %1</source>
        <translation>Votre document est encore derrière la porte %1</translation>
    </message>
    <message>
        <source>Another door is open</source>
        <translation>Une autre porte est ouverte</translation>
    </message>
    <message>
        <source>Door %1 does not open</source>
        <translation>La porte %1 ne s’ouvre pas</translation>
    </message>
    <message>
        <source>The door does not open</source>
        <translation>La porte ne s’ouvre pas</translation>
    </message>
    <message>
        <source>Please wait for staff</source>
        <translation>Attendez le personnel, s’il vous plaît</translation>
    </message>
    <message>
        <source>Please begin again</source>
        <translation>Recommencez, s’il vous plaît</translation>
    </message>
    <message>
        <source>The door does not open now</source>
        <translation>La porte ne s’ouvre pas maintenant</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
    <message>
        <source>This page goes on by itself when the door is closed.</source>
        <translation>Cette page continue d’elle-même quand la porte est fermée.</translation>
    </message>
    <message>
        <source>The door is still open</source>
        <translation>La porte est encore ouverte</translation>
    </message>
    <message>
        <source>You will still be helped</source>
        <translation>On vous aidera quand même</translation>
    </message>
    <message>
        <source>The door is closed</source>
        <translation>La porte est fermée</translation>
    </message>
    <message>
        <source>Something is wrong</source>
        <translation>Quelque chose ne va pas</translation>
    </message>
    <message>
        <source>Open it once more</source>
        <translation>L’ouvrir encore une fois</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Leave it there</source>
        <translation>Le laisser là</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>CollectedPage</name>
    <message numerus="yes">
        <source>%n more documents for you</source>
        <translation>
            <numerusform>Encore %n document pour vous</numerusform>
            <numerusform>Encore %n documents pour vous</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep it safe. Goodbye.</source>
        <translation>Gardez-le bien. Au revoir.</translation>
    </message>
    <message>
        <source>Thank you. You have your document.</source>
        <translation>Merci. Vous avez votre document.</translation>
    </message>
    <message>
        <source>Door %1 is closed</source>
        <translation>La porte %1 est fermée</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Print a receipt</source>
        <translation>Imprimer un reçu</translation>
    </message>
    <message>
        <source>Your receipt is printing</source>
        <translation>Votre reçu s’imprime</translation>
    </message>
    <message>
        <source>Take your receipt below</source>
        <translation>Prenez votre reçu en bas</translation>
    </message>
    <message>
        <source>No paper now. We have noted that you took it.</source>
        <translation>Pas de papier en ce moment. Nous avons noté que vous l’avez pris.</translation>
    </message>
</context>
<context>
    <name>AsOf</name>
    <message>
        <source>As of %1, %2</source>
        <translation>Au %1, %2</translation>
    </message>
</context>
<context>
    <name>TopicsPage</name>
    <message>
        <source>Touch one.</source>
        <translation>Touchez-en une.</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>Que voulez-vous savoir ?</translation>
    </message>
</context>
<context>
    <name>TopicPage</name>
    <message>
        <source>This may be out of date. Please ask staff.</source>
        <translation>Ceci n’est peut-être plus à jour. Demandez au personnel.</translation>
    </message>
    <message>
        <source>It is printing</source>
        <translation>Impression en cours</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>Prenez votre papier en bas</translation>
    </message>
    <message>
        <source>No paper now. Please ask staff.</source>
        <translation>Pas de papier en ce moment. Demandez au personnel.</translation>
    </message>
    <message>
        <source>Print this page</source>
        <translation>Imprimer cette page</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>DayWords</name>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Tomorrow, %1</source>
        <translation>Demain, %1</translation>
    </message>
    <message>
        <source>Today at %1</source>
        <translation>Aujourd’hui à %1</translation>
    </message>
    <message>
        <source>Tomorrow at %1</source>
        <translation>Demain à %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 à %2</translation>
    </message>
</context>
<context>
    <name>TimesPage</name>
    <message>
        <source>Somebody else has just taken that time.</source>
        <translation>Quelqu’un vient de prendre cette heure.</translation>
    </message>
    <message>
        <source>Touch one. Then it is kept for you.</source>
        <translation>Touchez une ligne. L’heure est alors gardée pour vous.</translation>
    </message>
    <message>
        <source>We look which times are free.</source>
        <translation>Nous cherchons les heures libres.</translation>
    </message>
    <message>
        <source>Look again later, or on your phone. Staff can help you too.</source>
        <translation>Regardez plus tard, ou sur votre téléphone. Le personnel peut aussi vous aider.</translation>
    </message>
    <message>
        <source>This is done without an appointment. Staff help you.</source>
        <translation>Cela se fait sans rendez-vous. Le personnel vous aide.</translation>
    </message>
    <message>
        <source>We do not hear the server. Try again, or use your phone.</source>
        <translation>Le serveur ne répond pas. Réessayez, ou utilisez votre téléphone.</translation>
    </message>
    <message>
        <source>When can you come?</source>
        <translation>Quand pouvez-vous venir ?</translation>
    </message>
    <message>
        <source>Which day?</source>
        <translation>Quel jour ?</translation>
    </message>
    <message>
        <source>At what time?</source>
        <translation>À quelle heure ?</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>No time is free in the next weeks</source>
        <translation>Aucune heure n’est libre dans les prochaines semaines</translation>
    </message>
    <message>
        <source>We give no times for this</source>
        <translation>Nous ne donnons pas d’heure pour cela</translation>
    </message>
    <message>
        <source>We cannot look for times now</source>
        <translation>Nous ne pouvons pas chercher d’heure maintenant</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
    <message>
        <source>Later days</source>
        <translation>Jours suivants</translation>
    </message>
    <message>
        <source>Later times</source>
        <translation>Plus tard ce jour</translation>
    </message>
    <message>
        <source>Another day or time</source>
        <translation>Un autre jour ou une autre heure</translation>
    </message>
    <message>
        <source>Choose something else</source>
        <translation>Choisir autre chose</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>Parler au personnel</translation>
    </message>
    <message>
        <source>It is done by telephone or video. Book it on your phone.</source>
        <translation>Cela se fait par téléphone ou par vidéo. Réservez sur votre téléphone.</translation>
    </message>
    <message>
        <source>You need not come for this</source>
        <translation>Vous n’avez pas besoin de venir pour cela</translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>We keep it for you until %1.</source>
        <translation>Nous la gardons pour vous jusqu’à %1.</translation>
    </message>
    <message>
        <source>%1 at %2. Is this right?</source>
        <translation>%1 à %2. Est-ce juste ?</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>Pour %n personne</numerusform>
            <numerusform>Pour %n personnes</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody has answered. Please try again.</source>
        <translation>Personne n’a répondu. Veuillez réessayer.</translation>
    </message>
    <message>
        <source>No paper now. Your code will be on the screen.</source>
        <translation>Pas de papier pour le moment. Votre code sera à l’écran.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Yes, book this time</source>
        <translation>Oui, réserver cette heure</translation>
    </message>
    <message>
        <source>No, another time</source>
        <translation>Non, une autre heure</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>Parler au personnel</translation>
    </message>
</context>
<context>
    <name>ReservedPage</name>
    <message>
        <source>No paper now. Take a photo, or point the camera of your phone here.</source>
        <translation>Pas de papier. Prenez une photo, ou dirigez l’appareil photo du téléphone ici.</translation>
    </message>
    <message>
        <source>Come with this paper, and with what it lists.</source>
        <translation>Venez avec ce papier et avec ce qu’il énumère.</translation>
    </message>
    <message>
        <source>Booked: %1 at %2</source>
        <translation>Réservé : %1 à %2</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Le vôtre</translation>
    </message>
    <message>
        <source>Your code</source>
        <translation>Votre code</translation>
    </message>
    <message>
        <source>Your paper is printing</source>
        <translation>Votre papier s’imprime</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>Prenez votre papier en bas</translation>
    </message>
    <message>
        <source>I have my code</source>
        <translation>J’ai mon code</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>AnswersPage</name>
    <message>
        <source>Please answer this</source>
        <translation>Répondez à ceci, s’il vous plaît</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Pas de réponse</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Touch one to change it. Nothing is sent yet.</source>
        <translation>Touchez-en une pour la changer. Rien n’est encore envoyé.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>Est-ce correct ?</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Yes, all is right</source>
        <translation>Oui, tout est correct</translation>
    </message>
    <message>
        <source>Answer what is missing</source>
        <translation>Répondre à ce qui manque</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Without it there is no form: staff ask you at the counter.</source>
        <translation>Sans cela, pas de formulaire : le personnel vous interroge au guichet.</translation>
    </message>
    <message>
        <source>You can say no, and go on with the form.</source>
        <translation>Vous pouvez dire non et continuer le formulaire.</translation>
    </message>
    <message>
        <source>What your answers are for</source>
        <translation>À quoi servent vos réponses</translation>
    </message>
    <message>
        <source>Do you also want this?</source>
        <translation>Voulez-vous aussi cela ?</translation>
    </message>
    <message>
        <source>Yes, I agree</source>
        <translation>Oui, je suis d’accord</translation>
    </message>
    <message>
        <source>No, I tell staff</source>
        <translation>Non, je le dis au personnel</translation>
    </message>
    <message>
        <source>No, go on without</source>
        <translation>Non, continuer sans</translation>
    </message>
</context>
<context>
    <name>FormcodePage</name>
    <message>
        <source>Ten signs. After it comes the PIN that you chose.</source>
        <translation>Dix signes. Ensuite vient le PIN que vous avez choisi.</translation>
    </message>
    <message>
        <source>Type the code of your form</source>
        <translation>Tapez le code de votre formulaire</translation>
    </message>
</context>
<context>
    <name>FormdonePage</name>
    <message>
        <source>Staff see them when they call you.</source>
        <translation>Le personnel les voit quand il vous appelle.</translation>
    </message>
    <message>
        <source>They are kept for you.</source>
        <translation>Elles sont gardées pour vous.</translation>
    </message>
    <message>
        <source>Thank you. We have your answers.</source>
        <translation>Merci. Nous avons vos réponses.</translation>
    </message>
    <message>
        <source>With this code and your PIN you open it again</source>
        <translation>Avec ce code et votre PIN, vous l’ouvrez à nouveau</translation>
    </message>
    <message>
        <source>It is kept until %1.</source>
        <translation>Il est gardé jusqu’au %1.</translation>
    </message>
    <message>
        <source>Your paper is printing</source>
        <translation>Votre papier s’imprime</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>Prenez votre papier en bas</translation>
    </message>
    <message>
        <source>No paper now. Please write the code down.</source>
        <translation>Pas de papier en ce moment. Notez le code, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Your number is still %1</source>
        <translation>Votre numéro est toujours %1</translation>
    </message>
    <message>
        <source>Fill in the next form</source>
        <translation>Remplir le formulaire suivant</translation>
    </message>
    <message>
        <source>I have written it down</source>
        <translation>Je l’ai noté</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>FormlistPage</name>
    <message>
        <source>Staff fill it in with you at the counter.</source>
        <translation>Le personnel le remplit avec vous au guichet.</translation>
    </message>
    <message>
        <source>Staff get your answers. You keep your number.</source>
        <translation>Le personnel reçoit vos réponses. Vous gardez votre numéro.</translation>
    </message>
    <message>
        <source>The forms cannot be reached now</source>
        <translation>Les formulaires ne sont pas accessibles maintenant</translation>
    </message>
    <message>
        <source>Fill in your form while you wait</source>
        <translation>Remplissez votre formulaire en attendant</translation>
    </message>
    <message>
        <source>I have begun one, and have a code</source>
        <translation>J’en ai commencé un et j’ai un code</translation>
    </message>
    <message>
        <source>Back to my number</source>
        <translation>Revenir à mon numéro</translation>
    </message>
</context>
<context>
    <name>FormpinPage</name>
    <message>
        <source>The 6 to 8 digits that you chose. Staff do not know them.</source>
        <translation>Les 6 à 8 chiffres que vous avez choisis. Le personnel ne les connaît pas.</translation>
    </message>
    <message>
        <source>Type the PIN of your form</source>
        <translation>Tapez le PIN de votre formulaire</translation>
    </message>
</context>
<context>
    <name>FormstatePage</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Change this answer</source>
        <translation>Changer cette réponse</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Le relire</translation>
    </message>
    <message>
        <source>Your answers are being kept.</source>
        <translation>Vos réponses sont en cours d’enregistrement.</translation>
    </message>
    <message>
        <source>We look for your form.</source>
        <translation>Nous cherchons votre formulaire.</translation>
    </message>
    <message>
        <source>Your answers are still here. Try again, or tell them to staff.</source>
        <translation>Vos réponses sont encore ici. Réessayez, ou dites-les au personnel.</translation>
    </message>
    <message>
        <source>Try again, or ask staff.</source>
        <translation>Réessayez, ou demandez au personnel.</translation>
    </message>
    <message>
        <source>Or the form is not kept any more. Try again, or ask staff.</source>
        <translation>Ou le formulaire n’est plus conservé. Réessayez, ou demandez au personnel.</translation>
    </message>
    <message>
        <source>Staff can help you now.</source>
        <translation>Le personnel peut vous aider maintenant.</translation>
    </message>
    <message>
        <source>Please look at it once more.</source>
        <translation>Regardez-la encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Please fill it in with staff, at the counter.</source>
        <translation>Remplissez-le avec le personnel, au guichet.</translation>
    </message>
    <message>
        <source>You can tell staff at the counter. You keep your number.</source>
        <translation>Vous pouvez le dire au personnel, au guichet. Vous gardez votre numéro.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, s’il vous plaît</translation>
    </message>
    <message>
        <source>We cannot keep your answers now</source>
        <translation>Nous ne pouvons pas garder vos réponses maintenant</translation>
    </message>
    <message>
        <source>We cannot look now</source>
        <translation>Nous ne pouvons pas chercher maintenant</translation>
    </message>
    <message>
        <source>The code or the PIN is not right</source>
        <translation>Le code ou le PIN n’est pas le bon</translation>
    </message>
    <message numerus="yes">
        <source>Nothing can be tried here for %n minutes</source>
        <translation>
            <numerusform>Aucun essai ici pendant %n minute</numerusform>
            <numerusform>Aucun essai ici pendant %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>One answer cannot be kept</source>
        <translation>Une réponse ne peut pas être gardée</translation>
    </message>
    <message>
        <source>This form is not here any more</source>
        <translation>Ce formulaire n’est plus ici</translation>
    </message>
    <message>
        <source>That is all right</source>
        <translation>C’est très bien ainsi</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Veuillez patienter</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>Go on without the form</source>
        <translation>Continuer sans le formulaire</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>KKeyboard</name>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>Lettres latines</translation>
    </message>
    <message>
        <source>Letters with accents</source>
        <translation>Lettres accentuées</translation>
    </message>
    <message>
        <source>Arabic letters</source>
        <translation>Lettres arabes</translation>
    </message>
    <message>
        <source>Digits and signs</source>
        <translation>Chiffres et signes</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
</context>
<context>
    <name>KeepPage</name>
    <message>
        <source>Staff get your answers with your number either way.</source>
        <translation>Dans les deux cas, le personnel reçoit vos réponses avec votre numéro.</translation>
    </message>
    <message>
        <source>Do you want to change it later?</source>
        <translation>Voulez-vous le changer plus tard ?</translation>
    </message>
    <message>
        <source>You choose a PIN, and get a code on paper</source>
        <translation>Vous choisissez un PIN et recevez un code sur papier</translation>
    </message>
    <message>
        <source>Yes, here or at home</source>
        <translation>Oui, ici ou à la maison</translation>
    </message>
    <message>
        <source>You can still tell staff</source>
        <translation>Vous pouvez encore le dire au personnel</translation>
    </message>
    <message>
        <source>No, that is all</source>
        <translation>Non, c’est tout</translation>
    </message>
</context>
<context>
    <name>NewpinPage</name>
    <message>
        <source>That one is easy to guess. Please choose another.</source>
        <translation>Celui-ci est facile à deviner. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The two were not the same. Please choose once more.</source>
        <translation>Les deux n’étaient pas les mêmes. Choisissez encore une fois.</translation>
    </message>
    <message>
        <source>So that no finger slipped.</source>
        <translation>Pour qu’aucun doigt n’ait glissé.</translation>
    </message>
    <message>
        <source>Remember it. Nobody can tell it to you.</source>
        <translation>Retenez-le. Personne ne pourra vous le dire.</translation>
    </message>
    <message>
        <source>Type the same PIN once more</source>
        <translation>Tapez le même PIN encore une fois</translation>
    </message>
    <message>
        <source>Choose a PIN of 6 to 8 digits</source>
        <translation>Choisissez un PIN de 6 à 8 chiffres</translation>
    </message>
</context>
<context>
    <name>PrefillPage</name>
    <message>
        <source>We read its printed lines once, for this form alone.</source>
        <translation>Nous lisons une fois ses lignes imprimées, pour ce formulaire seulement.</translation>
    </message>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>Ouvrez-le à la photo. Photo vers le bas.</translation>
    </message>
    <message>
        <source>Shall we take this from your passport or ID card?</source>
        <translation>Faut-il le prendre de votre passeport ou carte d’identité ?</translation>
    </message>
    <message>
        <source>Put your passport or ID card on the glass</source>
        <translation>Posez votre passeport ou carte d’identité sur la vitre</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>The reader does not work now.</source>
        <translation>Le lecteur ne fonctionne pas en ce moment.</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>Lecture en cours. Ne le bougez pas.</translation>
    </message>
    <message>
        <source>Please put it down again.</source>
        <translation>Posez-le encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>It starts by itself.</source>
        <translation>La lecture démarre toute seule.</translation>
    </message>
    <message>
        <source>You see everything before it is sent. This kiosk keeps nothing.</source>
        <translation>Vous voyez tout avant l’envoi. Cette borne ne garde rien.</translation>
    </message>
    <message>
        <source>Yes, take it from there</source>
        <translation>Oui, le prendre de là</translation>
    </message>
    <message>
        <source>No, I type it</source>
        <translation>Non, je le tape</translation>
    </message>
</context>
<context>
    <name>FieldPage</name>
    <message>
        <source>Type the first letters.</source>
        <translation>Tapez les premières lettres.</translation>
    </message>
    <message>
        <source>First the year, in four digits.</source>
        <translation>D’abord l’année, en quatre chiffres.</translation>
    </message>
    <message>
        <source>Which month of %1?</source>
        <translation>Quel mois de %1 ?</translation>
    </message>
    <message>
        <source>Which day in %1?</source>
        <translation>Quel jour de %1 ?</translation>
    </message>
    <message>
        <source>Please look at the year once more.</source>
        <translation>Regardez l’année encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>It has to be %1 or more.</source>
        <translation>Il faut %1 ou plus.</translation>
    </message>
    <message>
        <source>It can be %1 at most.</source>
        <translation>%1 au plus.</translation>
    </message>
    <message>
        <source>It has to be between %1 and %2.</source>
        <translation>Il faut un nombre entre %1 et %2.</translation>
    </message>
    <message>
        <source>An e-mail address has an @ and a point.</source>
        <translation>Une adresse e-mail a un @ et un point.</translation>
    </message>
    <message>
        <source>This answer cannot be kept as it is.</source>
        <translation>Cette réponse ne peut pas être gardée ainsi.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>You change one answer</source>
        <translation>Vous changez une réponse</translation>
    </message>
    <message>
        <source>Question %1 of %2</source>
        <translation>Question %1 sur %2</translation>
    </message>
    <message>
        <source>You answered: %1</source>
        <translation>Votre réponse : %1</translation>
    </message>
    <message>
        <source>Please type it below</source>
        <translation>Tapez-la ci-dessous</translation>
    </message>
    <message>
        <source>You need not answer this</source>
        <translation>Vous n’êtes pas obligé de répondre</translation>
    </message>
    <message>
        <source>Go on without an answer</source>
        <translation>Continuer sans réponse</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Les afficher</translation>
    </message>
    <message numerus="yes">
        <source>Show %n of them</source>
        <translation>
            <numerusform>En afficher %n</numerusform>
            <numerusform>En afficher %n</numerusform>
        </translation>
    </message>
    <message>
        <source>It begins with + and the code of the country.</source>
        <translation>Il commence par + et l’indicatif du pays.</translation>
    </message>
</context>
<context>
    <name>KKeyRows</name>
    <message>
        <source>Capital letters</source>
        <translation>Majuscules</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
</context>
</TS>
