<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>BoardCall</name>
    <message>
        <source>Now calling</source>
        <translation>الرقم المطلوب الآن</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>الشباك</translation>
    </message>
    <message>
        <source>Go left</source>
        <translation>إلى اليسار</translation>
    </message>
    <message>
        <source>Go right</source>
        <translation>إلى اليمين</translation>
    </message>
    <message>
        <source>Straight ahead</source>
        <translation>إلى الأمام</translation>
    </message>
    <message>
        <source>Go upstairs</source>
        <translation>إلى الأعلى</translation>
    </message>
    <message>
        <source>Go downstairs</source>
        <translation>إلى الأسفل</translation>
    </message>
    <message>
        <source>Please take a seat. Your number will be called here.</source>
        <translation>تفضّل بالجلوس. سيظهر رقمك هنا عند مناداته.</translation>
    </message>
</context>
<context>
    <name>BoardNotice</name>
    <message>
        <source>Waiting takes longer than usual today.</source>
        <translation>الانتظار اليوم أطول من المعتاد.</translation>
    </message>
    <message>
        <source>The centre closes soon.</source>
        <translation>يغلق المركز قريبًا.</translation>
    </message>
    <message>
        <source>A system does not work now. Your place is safe.</source>
        <translation>أحد الأنظمة متوقف الآن. دورك محفوظ.</translation>
    </message>
    <message>
        <source>Documents that have arrived can be collected today.</source>
        <translation>يمكن اليوم استلام الوثائق التي وصلت.</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>Called before</source>
        <translation>الأرقام السابقة</translation>
    </message>
</context>
<context>
    <name>BoardWait</name>
    <message numerus="yes">
        <source>up to %n min</source>
        <translation>
            <numerusform>أقل من دقيقة</numerusform>
            <numerusform>حتى دقيقة</numerusform>
            <numerusform>حتى دقيقتين</numerusform>
            <numerusform>حتى %n د</numerusform>
            <numerusform>حتى %n د</numerusform>
            <numerusform>حتى %n د</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1–%n min</source>
        <translation>
            <numerusform>⁦%1–%n⁩ د</numerusform>
            <numerusform>⁦%1–%n⁩ د</numerusform>
            <numerusform>⁦%1–%n⁩ د</numerusform>
            <numerusform>⁦%1–%n⁩ د</numerusform>
            <numerusform>⁦%1–%n⁩ د</numerusform>
            <numerusform>⁦%1–%n⁩ د</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CounterPage</name>
    <message>
        <source>Wait for your number</source>
        <translation>انتظر مناداة رقمك</translation>
    </message>
    <message>
        <source>Back soon</source>
        <translation>نعود قريبًا</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>مغلق</translation>
    </message>
    <message>
        <source>This screen is not set up</source>
        <translation>هذه الشاشة غير مُعدّة</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>الشباك</translation>
    </message>
</context>
<context>
    <name>EmergencyFoot</name>
    <message>
        <source>Staff will help you. Ask if you cannot use stairs.</source>
        <translation>سيساعدكم الموظفون. اسألوهم إن لم تستطيعوا استخدام الدرج.</translation>
    </message>
    <message>
        <source>Staff will tell you when it is safe to go.</source>
        <translation>سيخبركم الموظفون متى يمكن الخروج بأمان.</translation>
    </message>
    <message>
        <source>Staff will help you.</source>
        <translation>سيساعدكم الموظفون.</translation>
    </message>
</context>
<context>
    <name>EmergencyPage</name>
    <message>
        <source>Follow the green exit signs. Do not use the lift.</source>
        <translation>اتبعوا إشارات الخروج الخضراء. لا تستخدموا المصعد.</translation>
    </message>
    <message>
        <source>Keep away from doors and windows. Wait for staff.</source>
        <translation>ابتعدوا عن الأبواب والنوافذ. انتظروا الموظفين.</translation>
    </message>
    <message>
        <source>Your ticket stays valid.</source>
        <translation>تذكرتكم تبقى صالحة.</translation>
    </message>
</context>
<context>
    <name>OfflinePage</name>
    <message>
        <source>This screen is not up to date</source>
        <translation>هذه الشاشة غير محدّثة</translation>
    </message>
    <message>
        <source>Not connected since %1. Your place is safe.</source>
        <translation>لا يوجد اتصال منذ الساعة %1. دورك محفوظ.</translation>
    </message>
    <message>
        <source>Wait here. Staff will come to you.</source>
        <translation>انتظر هنا. سيأتي إليك أحد الموظفين.</translation>
    </message>
</context>
</TS>
