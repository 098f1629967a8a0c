"""Every page of staff, with who walks there. Managers have the longest bar, so what others may do too is their walk."""

from typing import Final

from tests.queue_server.web.walks import counters, custody, office, receiving, setting_up
from tests.queue_server.web.walks.walk import Walk

WALKS: Final = (
    Walk("ines.moreau", "/counter", counters.at_counter, fits=True),
    Walk("elin.marsh", "/counter", counters.with_money, fits=True),
    Walk("elin.marsh", "/reception", receiving.at_reception),
    Walk("noor.haddad", "/appointments", receiving.at_appointments),
    Walk("noor.haddad", "/visit-forms", receiving.at_visit_forms, "/reception"),
    Walk("elin.marsh", "/cash", counters.at_cash_desk),
    Walk("jun.takeda", "/custody", custody.at_custody),
    Walk("sofia.rossi", "/custody", custody.at_bags),
    Walk("elin.marsh", "/custody", custody.at_lockers),
    Walk("omar.sayed", "/audit", office.at_audit),
    Walk(setting_up.ACCOUNT, "/account", setting_up.at_account),
    Walk("elin.marsh", "/colleagues", setting_up.at_colleagues),
    Walk("elin.marsh", "/enrolment", setting_up.at_enrolment),
    Walk("elin.marsh", "/staffing", office.at_staffing),
    Walk("elin.marsh", "/manager/figures", office.at_figures),
    Walk("ines.moreau", "/my-day", counters.at_own_day, "/counter"),
    Walk("lea.brunet", "/team", counters.at_teams),
    Walk("elin.marsh", "/information", setting_up.at_information),
    Walk("elin.marsh", "/information/edit", setting_up.at_editor),
    Walk("vera.lindqvist", "/catalogue", setting_up.at_catalogue),
    Walk("vera.lindqvist", "/catalogue/edit", setting_up.at_catalogue_form, "/catalogue"),
    Walk("vera.lindqvist", "/catalogue/begin", setting_up.at_begin, "/catalogue"),
    Walk("vera.lindqvist", "/catalogue/opening", setting_up.at_opening, "/catalogue"),
    Walk("elin.marsh", "/waiting", counters.at_list),
)
#: Pages whose own tests look at their layout: ``manager``, ``forecast``, ``figures``, ``organisation``.
LOOKED_AT_ELSEWHERE: Final = (
    Walk("elin.marsh", "/manager", office.at_manager),
    Walk("elin.marsh", "/manager/forecast", office.at_forecast),
    Walk("elin.marsh", "/manager/accuracy", office.at_accuracy),
    Walk("elin.marsh", "/manager/figures/visits", office.at_visits_behind),
    Walk("elin.marsh", "/manager/figures/payments", office.at_payments_behind),
    Walk("elin.marsh", "/manager/figures/documents", office.at_documents_behind),
    Walk("elin.marsh", "/organisation", office.at_all_centres),
    Walk("elin.marsh", "/organisation/compare", office.at_comparison),
)
#: The same pages with the bars of others.
OTHER_BARS: Final = (
    Walk("paula.costa", "/counter", counters.with_money, fits=True),
    Walk("noor.haddad", "/reception", receiving.at_reception),
    Walk("paula.costa", "/cash", counters.at_cash_desk),
    Walk("ines.moreau", "/waiting", counters.at_list),
)
