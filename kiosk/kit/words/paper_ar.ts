<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Paper</name>
    <message numerus="yes">
        <source>About %1 to %n minutes</source>
        <translation>
            <numerusform>نحو %1 إلى %n دقيقة</numerusform>
            <numerusform>نحو %1 إلى دقيقة</numerusform>
            <numerusform>نحو %1 إلى دقيقتين</numerusform>
            <numerusform>نحو %1 إلى %n دقائق</numerusform>
            <numerusform>نحو %1 إلى %n دقيقة</numerusform>
            <numerusform>نحو %1 إلى %n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n minutes</source>
        <translation>
            <numerusform>أقل من دقيقة</numerusform>
            <numerusform>حتى دقيقة واحدة</numerusform>
            <numerusform>حتى دقيقتين</numerusform>
            <numerusform>حتى %n دقائق</numerusform>
            <numerusform>حتى %n دقيقة</numerusform>
            <numerusform>حتى %n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>We may not reach you before closing. Please ask staff.</source>
        <translation>قد لا يصل دورك قبل الإغلاق. من فضلك اسأل الموظفين.</translation>
    </message>
    <message>
        <source>At the latest %1</source>
        <translation>%1 على أبعد تقدير</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>رقمك</translation>
    </message>
    <message>
        <source>Your steps</source>
        <translation>خطواتك</translation>
    </message>
    <message>
        <source>Scan this with a phone to see your place.</source>
        <translation>صوّر هذا الرمز بهاتفك لترى دورك.</translation>
    </message>
    <message>
        <source>Keep this ticket. It does not show your name.</source>
        <translation>احتفظ بهذه التذكرة. لا يظهر عليها اسمك.</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>لا أحد قبلك</translation>
    </message>
    <message>
        <source>Payment not settled</source>
        <translation>عملية دفع لم تُحسم</translation>
    </message>
    <message>
        <source>This is no ticket and no receipt.</source>
        <translation>هذه ليست تذكرة ولا إيصالًا.</translation>
    </message>
    <message>
        <source>Show this to staff. They find out what became of your payment.</source>
        <translation>أظهر هذه الورقة للموظفين، وسيتحققون مما آلت إليه عملية الدفع.</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>مدفوع</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>المبلغ</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>إيصال</translation>
    </message>
    <message>
        <source>COPY</source>
        <translation>نسخة</translation>
    </message>
    <message>
        <source>Staff scan this.</source>
        <translation>يمسح الموظفون هذا الرمز.</translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>لا أحد قبلك</numerusform>
            <numerusform>رقم واحد قبلك</numerusform>
            <numerusform>رقمان قبلك</numerusform>
            <numerusform>%n أرقام قبلك</numerusform>
            <numerusform>%n رقمًا قبلك</numerusform>
            <numerusform>%n رقم قبلك</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to pay: %2</source>
        <translation>%1 للدفع: %2</translation>
    </message>
    <message>
        <source>%1 to pay at the counter</source>
        <translation>%1 للدفع عند الشباك</translation>
    </message>
    <message>
        <source>%1 is paid</source>
        <translation>تم دفع %1</translation>
    </message>
    <message>
        <source>At the cash desk</source>
        <translation>عند الصندوق</translation>
    </message>
    <message>
        <source>By card</source>
        <translation>بالبطاقة</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>الجهاز</translation>
    </message>
    <message>
        <source>Keep this receipt. You need it if money is given back.</source>
        <translation>احتفظ بهذا الإيصال. ستحتاج إليه إذا أُعيدت إليك نقود.</translation>
    </message>
    <message>
        <source>From the card terminal:</source>
        <translation>من جهاز البطاقة:</translation>
    </message>
    <message>
        <source>By card, ending %1</source>
        <translation>بالبطاقة المنتهية بـ %1</translation>
    </message>
    <message>
        <source>No fee</source>
        <translation>بلا رسوم</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>ساعات العمل</translation>
    </message>
    <message>
        <source>Always open</source>
        <translation>مفتوح دائمًا</translation>
    </message>
    <message numerus="yes">
        <source>%n people, one number</source>
        <translation>
            <numerusform>%n شخص، رقم واحد</numerusform>
            <numerusform>شخص واحد، رقم واحد</numerusform>
            <numerusform>شخصان، رقم واحد</numerusform>
            <numerusform>%n أشخاص، رقم واحد</numerusform>
            <numerusform>%n شخصًا، رقم واحد</numerusform>
            <numerusform>%n شخص، رقم واحد</numerusform>
        </translation>
    </message>
    <message>
        <source>You have collected:</source>
        <translation>لقد استلمت:</translation>
    </message>
    <message>
        <source>Number on its label</source>
        <translation>الرقم على ملصقها</translation>
    </message>
    <message>
        <source>This receipt does not show your name.</source>
        <translation>اسمك لا يظهر على هذا الإيصال.</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>جواز السفر</translation>
    </message>
    <message>
        <source>ID card</source>
        <translation>بطاقة الهوية</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>تصريح الإقامة</translation>
    </message>
    <message>
        <source>Travel document</source>
        <translation>وثيقة السفر</translation>
    </message>
    <message>
        <source>Birth record</source>
        <translation>شهادة الميلاد</translation>
    </message>
    <message>
        <source>Marriage record</source>
        <translation>شهادة الزواج</translation>
    </message>
    <message>
        <source>Death record</source>
        <translation>شهادة الوفاة</translation>
    </message>
    <message>
        <source>Paper of a court</source>
        <translation>وثيقة محكمة</translation>
    </message>
    <message>
        <source>Diploma</source>
        <translation>شهادة دراسية</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>ترجمة</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>صورة</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>استمارة</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>وثيقة</translation>
    </message>
    <message>
        <source>Looked through</source>
        <translation>رُوجعت في</translation>
    </message>
    <message>
        <source>Appointment %1</source>
        <translation>موعد %1</translation>
    </message>
    <message>
        <source>Your appointment</source>
        <translation>موعدك</translation>
    </message>
    <message>
        <source>Scan this with a phone to change it. Show it to the kiosk when you come.</source>
        <translation>امسح هذا الرمز بهاتف لتغييره. أظهره للجهاز عند قدومك.</translation>
    </message>
    <message>
        <source>This is not a ticket. You get your number when you come.</source>
        <translation>هذه ليست تذكرة. تحصل على رقمك عند قدومك.</translation>
    </message>
    <message>
        <source>What to bring</source>
        <translation>ما يجب إحضاره</translation>
    </message>
    <message>
        <source>The original</source>
        <translation>الأصل</translation>
    </message>
    <message>
        <source>A copy is enough</source>
        <translation>تكفي نسخة</translation>
    </message>
    <message>
        <source>The original or a copy</source>
        <translation>الأصل أو نسخة</translation>
    </message>
    <message>
        <source>With a translation</source>
        <translation>مع ترجمة</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>الرمز</translation>
    </message>
    <message>
        <source>Your form</source>
        <translation>استمارتك</translation>
    </message>
    <message>
        <source>With this code and your PIN you open it again: here, at home, or with staff.</source>
        <translation>بهذا الرمز ورقمك السري تفتحها مرة أخرى: هنا أو في البيت أو مع الموظفين.</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>تُحفظ حتى</translation>
    </message>
    <message>
        <source>Your PIN is not on this paper. Nobody can tell it to you.</source>
        <translation>رقمك السري ليس على هذه الورقة. لا أحد يستطيع أن يخبرك به.</translation>
    </message>
</context>
</TS>
