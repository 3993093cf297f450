"""Every address of Samlad, everybody who may come to it, and what they get.

The columns of the table, from left to right: nobody (not signed in), a läsare of the other nämnd,
and of one's own nämnd a läsare, an uppgiftslämnare, a granskare, a nämndsekreterare and a chef;
the samordnare, the remitter's officer, a ledamot of one's own nämnd, the systemförvaltare. First
what they get when they ask for the page, then when they send what its form would send.

    o  the page          r  sent on to another page     >  sent to the sign-in page
    f  may not (403)     -  is not there (404)          m  not that way (405)
    c  closed (423), or somebody else was first (409)
    k  asks for a key, whoever is signed in (401)

"Own" is Södermalm's, "their" is Bromma's; what happens there is told in scenario.py. Who comes
from Bromma is the stranger to Södermalm, and at home at "their" addresses.
"""

import pytest

from tests.everywhere.addresses import (
    ADDRESSES,
    ADMIN,
    patterns,
    table_addresses,
    tables,
)
from tests.everywhere.scenario import PEOPLE, City
from tests.everywhere.visiting import sign_in, sign_of, undone
from tests.everywhere.walks import EVERYBODY, Walk

pytestmark = pytest.mark.django_db

GRID = """
start                           >oooooooooo  >mmmmmmmmmm
health                          ooooooooooo  mmmmmmmmmmm
administration                  >---------o  >---------m
people                          >---------o  >---------m
new person                      >---------o  >---------r
a person                        >---------o  >---------m
change a person                 >---------o  >---------r
close an account                >---------m  >---------r
give a role                     >---------o  >---------r
end a role                      >---------o  >---------r
nämnder                         >---------o  >---------m
merge nämnder                   >---------o  >---------r
a nämnd                         >---------o  >---------r
move tasks                      >---------m  >---------r
insight                         >---------o  >---------r
api help                        >oooooooooo  >mmmmmmmmmm
api index                       ooooooooooo  mmmmmmmmmmm
api document                    ooooooooooo  mmmmmmmmmmm
api programmes                  kkkkkkkkkkk  mmmmmmmmmmm
api programme                   kkkkkkkkkkk  mmmmmmmmmmm
api indicators                  kkkkkkkkkkk  mmmmmmmmmmm
api indicator                   kkkkkkkkkkk  mmmmmmmmmmm
api periods                     kkkkkkkkkkk  mmmmmmmmmmm
api followup                    kkkkkkkkkkk  mmmmmmmmmmm
api values                      kkkkkkkkkkk  mmmmmmmmmmm
api reports                     kkkkkkkkkkk  mmmmmmmmmmm
api remisser                    kkkkkkkkkkk  mmmmmmmmmmm
api remiss                      kkkkkkkkkkk  mmmmmmmmmmm
api nowhere                     -----------  mmmmmmmmmmm
api keys                        >---------o  >---------m
new api key                     >---------o  >---------o
take api key back               >---------m  >---------r
sign in                         orrrrrrrrrr  orrrrrrrrrr
sign in (account_login)         orrrrrrrrrr  orrrrrrrrrr
code                            >rrrrrrrrrr  >rrrrrrrrrr
sign in by passkey              >rrrrrrrrrr  >rrrrrrrrrr
to the provider                 mmmmmmmmmmm  -----------
from the provider               -----------  mmmmmmmmmmm
sign out                        mmmmmmmmmmm  >>>>>>>>>>>
sign out (account_logout)       mmmmmmmmmmm  >>>>>>>>>>>
account                         >oooooooooo  >mmmmmmmmmm
account (mfa_index)             >oooooooooo  >mmmmmmmmmm
change password                 >oooooooooo  >oooooooooo
sign out everywhere             >mmmmmmmmmm  >>>>>>>>>>>
prove again                     >oooooooooo  >oooooooooo
prove again by code             >rrrrrrrrrr  >rrrrrrrrrr
prove again by passkey          >rrrrrrrrrr  >rrrrrrrrrr
app                             >oooooooooo  >oooooooooo
remove app                      >----------  >----------
spare codes                     >----------  >mmmmmmmmmm
new spare codes                 >oooooooooo  >oooooooooo
passkeys                        >oooooooooo  >mmmmmmmmmm
new passkey                     >oooooooooo  >oooooooooo
rename passkey                  >----------  >----------
remove passkey                  >----------  >----------
act for                         >oooooooooo  >-rrrrr--r-
programmes                      >oooooooooo  >mmmmmmmmmm
programme                       >oooooooooo  >mmmmmmmmmm
goal                            >oooooooooo  >mmmmmmmmmm
activity                        >oooooooooo  >mmmmmmmmmm
programme's history             >oooooooooo  >mmmmmmmmmm
goal's history                  >oooooooooo  >mmmmmmmmmm
activity's history              >oooooooooo  >mmmmmmmmmm
final report                    >oooooooooo  >mmmmmmmmmm
final report pdf                >oooooooooo  >mmmmmmmmmm
final report docx               >oooooooooo  >mmmmmmmmmm
final report exe                >----------  >mmmmmmmmmm
programme docx                  >oooooooooo  >mmmmmmmmmm
programme pdf                   >oooooooooo  >mmmmmmmmmm
programme exe                   >----------  >mmmmmmmmmm
new programme                   >ffffffofff  >ffffffrfff
change programme                >ffffffofff  >ffffffrfff
new goal                        >ffffffofff  >ffffffrfff
change goal                     >ffffffofff  >ffffffrfff
new wording of goal             >ffffffofff  >ffffffrfff
correct goal                    >ffffffofff  >ffffffrfff
new precondition                >ffffffofff  >ffffffrfff
change precondition             >ffffffofff  >ffffffrfff
link goals                      >ffffffofff  >ffffffrfff
unlink goals                    >ffffffofff  >ffffffrfff
new activity                    >ffffffofff  >ffffffrfff
change activity                 >ffffffofff  >ffffffrfff
new wording of activity         >ffffffofff  >ffffffrfff
correct activity                >ffffffofff  >ffffffrfff
remove goal                     >ffffffmfff  >ffffffrfff
remove precondition             >ffffffmfff  >ffffffrfff
remove activity                 >ffffffmfff  >ffffffrfff
services                        >oooooooooo  >mmmmmmmmmm
service                         >oooooooooo  >mmmmmmmmmm
service's history               >oooooooooo  >mmmmmmmmmm
retired service                 >oooooooooo  >mmmmmmmmmm
services to verify              >oooooooooo  >mmmmmmmmmm
stadsdelar to print             >oooooooooo  >mmmmmmmmmm
a stadsdel to print             >oooooooooo  >mmmmmmmmmm
new service                     >ffffffofff  >ffffffrfff
change service                  >ffffffofff  >ffffffrfff
verify service                  >mmmmmmmmmm  >ffffffrfff
retire service                  >ffffffofff  >ffffffrfff
take service back               >mmmmmmmmmm  >ffffffrfff
indicators                      >oooooooooo  >mmmmmmmmmm
indicator                       >oooooooooo  >mmmmmmmmmm
indicator checks                >oooooooooo  >ffffffrfff
indicator's history             >oooooooooo  >mmmmmmmmmm
indicator's goals               >ffffffofff  >ffffffrfff
new definition                  >ffffffofff  >ffffffrfff
pause of an indicator           >ffffffofff  >ffffffrfff
end of a pause                  >ffffffofff  >ffffffrfff
successors of an indicator      >ffffffofff  >ffffffrfff
changed target                  >ffffffofff  >ffffffrfff
indicator csv                   >oooooooooo  >mmmmmmmmmm
indicator xlsx                  >oooooooooo  >mmmmmmmmmm
indicator exe                   >----------  >mmmmmmmmmm
open data                       >oooooooooo  >mmmmmmmmmm
open data csv                   >oooooooooo  >mmmmmmmmmm
open data not there             >----------  >mmmmmmmmmm
follow-ups                      >oooooooooo  >mmmmmmmmmm
follow-up                       >oooooooooo  >mmmmmmmmmm
follow-up's goal                >oooooooooo  >mmmmmmmmmm
follow-up's indicator           >oooooooooo  >mmmmmmmmmm
follow-up's missing             >oooooooooo  >mmmmmmmmmm
follow-up's deviations          >oooooooooo  >mmmmmmmmmm
follow-up's selection           >oooooooooo  >mmmmmmmmmm
follow-up's history             >oooooooooo  >mmmmmmmmmm
follow-up pdf                   >oooooooooo  >mmmmmmmmmm
follow-up xlsx                  >oooooooooo  >mmmmmmmmmm
follow-up docx                  >oooooooooo  >mmmmmmmmmm
follow-up csv                   >oooooooooo  >mmmmmmmmmm
follow-up json                  >oooooooooo  >mmmmmmmmmm
follow-up exe                   >----------  >mmmmmmmmmm
plans                           >rrrrrrrrrr  >mmmmmmmmmm
plans of a year                 >oooooooooo  >mmmmmmmmmm
own plan                        >oooooooooo  >mmmmmmmmmm
their plan                      >oooooooooo  >mmmmmmmmmm
own plan's history              >-ooooo----  >mmmmmmmmmm
their plan's history            >o---------  >mmmmmmmmmm
change own plan                 >ffffooffff  >ffffrrffff
change their plan               >ffffffffff  >ffffffffff
programme files                 >------o---  >------r---
programme template              >------o---  >mmmmmmmmmm
programme file                  >------o---  >mmmmmmmmmm
load a programme file           >mmmmmmmmmm  >------r---
discard a programme file        >mmmmmmmmmm  >------r---
programme as xlsx               >------o---  >mmmmmmmmmm
programme as yaml               >------o---  >mmmmmmmmmm
programme as exe                >----------  >mmmmmmmmmm
periods                         >------o---  >------r---
period                          >------o---  >mmmmmmmmmm
period's history                >------o---  >mmmmmmmmmm
period table                    >------o---  >mmmmmmmmmm
due dates                       >mmmmmmmmmm  >------r---
move a period                   >mmmmmmmmmm  >------r---
more time                       >mmmmmmmmmm  >------r---
take back time                  >mmmmmmmmmm  >------r---
remind                          >mmmmmmmmmm  >------r---
outbox                          >oooooooooo  >mmmmmmmmmm
responsibility                  >rrrrrrrrrr  >mmmmmmmmmm
nämnd and goal                  >oooooooooo  >mmmmmmmmmm
what has changed                >oooooooooo  >mmmmmmmmmm
what is nobody's                >oooooooooo  >mmmmmmmmmm
own todo                        >oooooooooo  >mmmmmmmmmm
their todo                      >oooooooooo  >mmmmmmmmmm
todo of nobody                  >----------  >mmmmmmmmmm
responsibility for an activity  >oooooooooo  >------r---
responsibility for an indicator >oooooooooo  >------r---
end a responsibility            >------o---  >------r---
reporting                       >oooooooooo  >mmmmmmmmmm
own draft report                >-ooooo----  >-frfff----
own approved report             >oooooooooo  >-fofff----
their draft report              >o---------  >f---------
their approved report           >oooooooooo  >f---------
own goal                        >-ooooo----  >-frfff----
own approved goal               >-ooooo----  >-fofff----
their goal                      >o---------  >f---------
their approved goal             >o---------  >f---------
save own cell                   >mmmmmmmmmm  >-fofff----
save own approved cell          >mmmmmmmmmm  >-fcfff----
save their cell                 >mmmmmmmmmm  >f---------
own workbooks                   >-ooooo----  >-frfff----
own workbook as xlsx            >-ooooo----  >mmmmmmmmmm
own waiting workbook            >--o-------  >mmmmmmmmmm
read own workbook               >mmmmmmmmmm  >--r-------
discard own workbook            >mmmmmmmmmm  >--r-------
their workbooks                 >o---------  >f---------
their workbook as xlsx          >o---------  >mmmmmmmmmm
their waiting workbook          >----------  >mmmmmmmmmm
read their workbook             >mmmmmmmmmm  >----------
discard their workbook          >mmmmmmmmmm  >----------
own report's history            >-ooooo----  >mmmmmmmmmm
their report's history          >o---------  >mmmmmmmmmm
hand in own                     >-fofff----  >-frfff----
hand in theirs                  >f---------  >f---------
approve own                     >mmmmmmmmmm  >-ffrff----
approve theirs                  >mmmmmmmmmm  >f---------
return own                      >mmmmmmmmmm  >-ffoff----
return theirs                   >mmmmmmmmmm  >f---------
comment own                     >mmmmmmmmmm  >-ffoff----
comment theirs                  >mmmmmmmmmm  >f---------
deal with own comment           >mmmmmmmmmm  >-frfff----
deal with their comment         >mmmmmmmmmm  >f---------
recall own                      >mmmmmmmmmm  >-fofff----
recall theirs                   >mmmmmmmmmm  >f---------
correct own                     >mmmmmmmmmm  >-frrff----
correct theirs                  >mmmmmmmmmm  >f---------
give up own                     >mmmmmmmmmm  >-frrff----
give up theirs                  >mmmmmmmmmm  >f---------
own version                     >-ooooo----  >mmmmmmmmmm
their version                   >o---------  >mmmmmmmmmm
decision on own report          >-fffof----  >-fffrf----
decision on their report        >f---------  >f---------
answer who wants to correct     >mmmmmmmmmm  >------r---
corrections                     >oooooooooo  >rrrrrrrrrr
city's report draft             >------o---  >mmmmmmmmmm
city's report fixed             >oooooooooo  >mmmmmmmmmm
city's report draft on one page  >------o---  >mmmmmmmmmm
city's report fixed on one page  >------o---  >mmmmmmmmmm
city's report news              >------o---  >mmmmmmmmmm
begin city's report             >mmmmmmmmmm  >------r---
city's report chapter           >------o---  >------r---
city's report fixed chapter     >------o---  >------o---
autosave city's report          >mmmmmmmmmm  >------o---
judge in city's report          >mmmmmmmmmm  >------r---
comment city's report           >mmmmmmmmmm  >------r---
resolve in city's report        >mmmmmmmmmm  >------r---
fix city's report               >------o---  >------o---
fix city's report again         >------r---  >------o---
reopen city's report            >------o---  >------r---
city's report version           >oooooooooo  >mmmmmmmmmm
city's report version not there >----------  >mmmmmmmmmm
city's report version on one page  >oooooooooo  >mmmmmmmmmm
city's report version's chapter  >oooooooooo  >mmmmmmmmmm
city's report version since     >oooooooooo  >mmmmmmmmmm
city's report version pdf       >oooooooooo  >mmmmmmmmmm
city's report version word      >oooooooooo  >mmmmmmmmmm
city's report version's figures  >oooooooooo  >mmmmmmmmmm
decision on city's report       >ffffffffff  >ffffffffff
lay city's report before        >mmmmmmmmmm  >ffffffffff
compare city's report           >oooooooooo  >mmmmmmmmmm
city's report draft's history   >------o---  >mmmmmmmmmm
city's report history           >oooooooooo  >mmmmmmmmmm
own tertialrapport draft        >-ooooo----  >mmmmmmmmmm
own tertialrapport fixed        >oooooooooo  >mmmmmmmmmm
own tertialrapport draft on one page  >-ooooo----  >mmmmmmmmmm
own tertialrapport fixed on one page  >-ooooo----  >mmmmmmmmmm
own tertialrapport news         >-ooooo----  >mmmmmmmmmm
begin own tertialrapport        >mmmmmmmmmm  >-ffrrf----
own tertialrapport chapter      >-ooooo----  >-ffrrf----
own tertialrapport fixed chapter  >-ooooo----  >-ffoof----
autosave own tertialrapport     >mmmmmmmmmm  >-ffoof----
judge in own tertialrapport     >mmmmmmmmmm  >-fffff----
comment own tertialrapport      >mmmmmmmmmm  >-rrrrr----
resolve in own tertialrapport   >mmmmmmmmmm  >-rrrrr----
fix own tertialrapport          >-ffoof----  >-ffoof----
fix own tertialrapport again    >-ffrrf----  >-ffoof----
reopen own tertialrapport       >-ffoof----  >-ffrrf----
own tertialrapport version      >oooooooooo  >mmmmmmmmmm
own tertialrapport version not there  >----------  >mmmmmmmmmm
own tertialrapport version on one page  >oooooooooo  >mmmmmmmmmm
own tertialrapport version's chapter  >oooooooooo  >mmmmmmmmmm
own tertialrapport version since  >oooooooooo  >mmmmmmmmmm
own tertialrapport version pdf  >oooooooooo  >mmmmmmmmmm
own tertialrapport version word  >oooooooooo  >mmmmmmmmmm
decision on own tertialrapport  >ffffofffff  >ffffrfffff
lay own tertialrapport before   >mmmmmmmmmm  >ffffrfffff
compare own tertialrapport      >oooooooooo  >mmmmmmmmmm
own tertialrapport draft's history  >-ooooo----  >mmmmmmmmmm
own tertialrapport history      >oooooooooo  >mmmmmmmmmm
their tertialrapport draft      >o---------  >mmmmmmmmmm
their tertialrapport fixed      >oooooooooo  >mmmmmmmmmm
their tertialrapport draft on one page  >o---------  >mmmmmmmmmm
their tertialrapport fixed on one page  >o---------  >mmmmmmmmmm
their tertialrapport news       >o---------  >mmmmmmmmmm
begin their tertialrapport      >mmmmmmmmmm  >f---------
their tertialrapport chapter    >o---------  >f---------
their tertialrapport fixed chapter  >o---------  >f---------
autosave their tertialrapport   >mmmmmmmmmm  >f---------
judge in their tertialrapport   >mmmmmmmmmm  >f---------
comment their tertialrapport    >mmmmmmmmmm  >r---------
resolve in their tertialrapport  >mmmmmmmmmm  >r---------
fix their tertialrapport        >f---------  >f---------
fix their tertialrapport again  >f---------  >f---------
reopen their tertialrapport     >f---------  >f---------
their tertialrapport version    >oooooooooo  >mmmmmmmmmm
their tertialrapport version not there  >----------  >mmmmmmmmmm
their tertialrapport version on one page  >oooooooooo  >mmmmmmmmmm
their tertialrapport version's chapter  >oooooooooo  >mmmmmmmmmm
their tertialrapport version since  >oooooooooo  >mmmmmmmmmm
their tertialrapport version pdf  >oooooooooo  >mmmmmmmmmm
their tertialrapport version word  >oooooooooo  >mmmmmmmmmm
decision on their tertialrapport  >ffffffffff  >ffffffffff
lay their tertialrapport before  >mmmmmmmmmm  >ffffffffff
compare their tertialrapport    >oooooooooo  >mmmmmmmmmm
their tertialrapport draft's history  >o---------  >mmmmmmmmmm
their tertialrapport history    >oooooooooo  >mmmmmmmmmm
city's report laid before       >----------  >mmmmmmmmmm
city's report laid, section     >----------  >----------
city's report laid, header      >----------  >----------
city's report laid, new version  >mmmmmmmmmm  >----------
city's report laid, attest      >----------  >mmmmmmmmmm
city's report laid, to attest   >mmmmmmmmmm  >----------
city's report laid, attested    >mmmmmmmmmm  >----------
city's report laid, returned    >mmmmmmmmmm  >----------
city's report laid, bilaga      >----------  >mmmmmmmmmm
city's report laid as word      >----------  >mmmmmmmmmm
city's report laid as pdf       >----------  >mmmmmmmmmm
own tertialrapport laid before  >-ooooo----  >mmmmmmmmmm
own tertialrapport laid, section  >-fffof----  >-fffrf----
own tertialrapport laid, header  >-fffof----  >-fffrf----
own tertialrapport laid, new version  >mmmmmmmmmm  >-fffrf----
own tertialrapport laid, attest  >-ooooo----  >mmmmmmmmmm
own tertialrapport laid, to attest  >mmmmmmmmmm  >-fffof----
own tertialrapport laid, attested  >mmmmmmmmmm  >-ffffo----
own tertialrapport laid, returned  >mmmmmmmmmm  >-ffffo----
own tertialrapport laid, bilaga  >-ooooo----  >mmmmmmmmmm
own tertialrapport laid as word  >-ooooo----  >mmmmmmmmmm
own tertialrapport laid as pdf  >-ooooo----  >mmmmmmmmmm
their tertialrapport laid before  >o---------  >mmmmmmmmmm
their tertialrapport laid, section  >f---------  >f---------
their tertialrapport laid, header  >f---------  >f---------
their tertialrapport laid, new version  >mmmmmmmmmm  >f---------
their tertialrapport laid, attest  >o---------  >mmmmmmmmmm
their tertialrapport laid, to attest  >mmmmmmmmmm  >f---------
their tertialrapport laid, attested  >mmmmmmmmmm  >f---------
their tertialrapport laid, returned  >mmmmmmmmmm  >f---------
their tertialrapport laid, bilaga  >o---------  >mmmmmmmmmm
their tertialrapport laid as word  >o---------  >mmmmmmmmmm
their tertialrapport laid as pdf  >o---------  >mmmmmmmmmm
remisser                        >oooooooooo  >mmmmmmmmmm
answers as a list               >oooooooooo  >mmmmmmmmmm
answers as a board              >oooooooooo  >mmmmmmmmmm
remiss                          >oooooooooo  >mmmmmmmmmm
link remiss to goal             >ffffofofff  >ffffrfrfff
unlink remiss from goal         >mmmmmmmmmm  >ffffrfrfff
link remiss to uppdrag          >ffffofofff  >ffffrfrfff
unlink remiss from uppdrag      >mmmmmmmmmm  >ffffrfrfff
register a remiss               >ffffoffoff  >ffffrffrff
amend own remiss                >ffffoffoff  >ffffrffrff
add instances to own remiss     >ffffoffoff  >ffffrffrff
change instance of own remiss   >ffffoffoff  >ffffrffrff
remove instance of own remiss   >mmmmmmmmmm  >ffffrffrff
add att-satser to own remiss    >ffffoffoff  >ffffrffrff
change att-sats of own remiss   >ffffoffoff  >ffffrffrff
remove att-sats of own remiss   >mmmmmmmmmm  >ffffrffrff
add papers to own remiss        >ffffoffoff  >ffffoffoff
own paper of a remiss           >-ooooo----  >mmmmmmmmmm
own open paper of a remiss      >oooooooooo  >mmmmmmmmmm
remove own paper of a remiss    >-fffof----  >-fffrf----
remove own open paper of a remiss  >ffffofffff  >ffffrfffff
own part of a remiss            >-fffof----  >-fffrf----
new series of own numbers       >ffffoffffo  >ffffrffffr
change series of own numbers    >ffffoffffo  >ffffrffffr
amend their remiss              >fffffffoff  >fffffffrff
add instances to their remiss   >fffffffoff  >fffffffrff
change instance of their remiss >fffffffoff  >fffffffrff
remove instance of their remiss >mmmmmmmmmm  >fffffffrff
add att-satser to their remiss  >fffffffoff  >fffffffrff
change att-sats of their remiss >fffffffoff  >fffffffrff
remove att-sats of their remiss >mmmmmmmmmm  >fffffffrff
add papers to their remiss      >ffffoffoff  >ffffoffoff
their paper of a remiss         >o---------  >mmmmmmmmmm
their open paper of a remiss    >oooooooooo  >mmmmmmmmmm
remove their paper of a remiss  >f---------  >f---------
remove their open paper of a remiss  >ffffffffff  >ffffffffff
their part of a remiss          >f---------  >f---------
new series of their numbers     >fffffffffo  >fffffffffr
change series of their numbers  >fffffffffo  >fffffffffr
own answer's plan               >-ooooo----  >mmmmmmmmmm
their answer's plan             >o---------  >mmmmmmmmmm
ask for anstånd                 >-fffof----  >-fffrf----
ask for their anstånd           >f---------  >f---------
anstånd answered                >-fffof----  >-fffrf----
planning of a nämnd             >oooooooooo  >mmmmmmmmmm
rules of planning               >ffffoffffo  >ffffrffffr
new meeting                     >ffffoffffo  >ffffrffffr
change meeting                  >ffffoffffo  >ffffrffffr
own answer                      >-ooooo----  >mmmmmmmmmm
own attested answer             >-ooooo----  >mmmmmmmmmm
their answer                    >o---------  >mmmmmmmmmm
their attested answer           >o---------  >mmmmmmmmmm
their shared answer             >o---------  >mmmmmmmmmm
answer not begun                >----------  >mmmmmmmmmm
begin own answer                >-rrrrr----  >-fffrf----
begin their answer              >----------  >----------
own new version                 >mmmmmmmmmm  >-fffrf----
their new version               >mmmmmmmmmm  >f---------
own answer as word              >-ooooo----  >mmmmmmmmmm
own answer as pdf               >-ooooo----  >mmmmmmmmmm
their attested answer as word   >o---------  >mmmmmmmmmm
their shared answer as pdf      >o---------  >mmmmmmmmmm
send own draft                  >-ooooo----  >-fffrf----
send their draft                >o---------  >f---------
own sent draft                  >oooooo----  >mmmmmmmmmm
own later draft                 >-ooooo----  >mmmmmmmmmm
their sent draft                >oooooo----  >mmmmmmmmmm
their later draft               >o---------  >mmmmmmmmmm
their unsent draft              >o---------  >mmmmmmmmmm
take own draft back             >mmmmmmmmmm  >-fffrf----
take their draft back           >mmmmmmmmmm  >f---------
own agenda                      >oooooooooo  >mmmmmmmmmm
own sending out                 >mmmmmmmmmm  >ffffrfffff
own notice                      >mmmmmmmmmm  >ffffrfffff
own notice away                 >mmmmmmmmmm  >ffffrfffff
own paper on the agenda         >-ooooo--o-  >mmmmmmmmmm
own papers of the meeting       >-ooooo--o-  >mmmmmmmmmm
own file on the agenda          >-ooooo--o-  >mmmmmmmmmm
own answer's decision           >-fffoo----  >-fffrr----
own answer's decision put right >-fffoo----  >-fffrr----
own expedierat answer           >oooooooooo  >mmmmmmmmmm
own expediering                 >oooooooooo  >ffffrfffff
own package                     >oooooooooo  >mmmmmmmmmm
own sent file                   >oooooooooo  >mmmmmmmmmm
own expediering too early       >-ooooo----  >-fffof----
own sent out answer             >-ooooo--r-  >mmmmmmmmmm
their agenda                    >oooooooooo  >mmmmmmmmmm
their sending out               >mmmmmmmmmm  >ffffffffff
their notice                    >mmmmmmmmmm  >ffffffffff
their notice away               >mmmmmmmmmm  >ffffffffff
their paper on the agenda       >o---------  >mmmmmmmmmm
their papers of the meeting     >o---------  >mmmmmmmmmm
their file on the agenda        >o---------  >mmmmmmmmmm
their answer's decision         >f---------  >f---------
their answer's decision put right >f---------  >f---------
their expedierat answer         >oooooooooo  >mmmmmmmmmm
their expediering               >oooooooooo  >ffffffffff
their package                   >oooooooooo  >mmmmmmmmmm
their sent file                 >oooooooooo  >mmmmmmmmmm
their expediering too early     >o---------  >f---------
their sent out answer           >o---------  >mmmmmmmmmm
own attest                      >-ooooo----  >mmmmmmmmmm
own to attest                   >mmmmmmmmmm  >-fffrf----
own attested                    >mmmmmmmmmm  >-ffffr----
own returned                    >mmmmmmmmmm  >-ffffr----
their attest                    >o---------  >mmmmmmmmmm
their to attest                 >mmmmmmmmmm  >f---------
their attested                  >mmmmmmmmmm  >f---------
their returned                  >mmmmmmmmmm  >f---------
own section                     >-fffof----  >-fffrf----
own attested section            >-fffrf----  >-fffof----
own position                    >-fffof----  >-fffrf----
own attested position           >-fffrf----  >-fffof----
own collective                  >-fffof----  >-fffrf----
own attested collective         >-fffrf----  >-fffof----
own header                      >-fffof----  >-fffrf----
own attested header             >-fffrf----  >-fffof----
their section                   >f---------  >f---------
their position                  >f---------  >f---------
their collective                >f---------  >f---------
their header                    >f---------  >f---------
uppdrag                         >oooooooooo  >mmmmmmmmmm
new uppdrag                     >ffffooofff  >ffffrrofff
own uppdrag                     >oooooooooo  >mmmmmmmmmm
change own uppdrag              >ffffooffff  >ffffrrffff
close own uppdrag               >ffffooffff  >ffffrrffff
own obligation                  >-fffoo----  >-fffrr----
own new account                 >ffffooffff  >ffffrrffff
own account                     >-ooooo----  >-rrrrr----
begin own account               >-ooooo----  >-fffrf----
own account's day               >-fffoo----  >-fffrr----
own answer's beredning            >-ooooo----  >-fffrf----
own answer's text on beredning    >mmmmmmmmmm  >-fffrf----
own answer's consultation         >-fffof----  >-fffrf----
own answer's file of beredning    >-ooooo----  >mmmmmmmmmm
own answer's consultation away    >mmmmmmmmmm  >-fffrf----
their answer's beredning          >o---------  >f---------
their answer's text on beredning  >mmmmmmmmmm  >f---------
their answer's consultation       >f---------  >f---------
their answer's file of beredning  >o---------  >mmmmmmmmmm
their answer's consultation away  >mmmmmmmmmm  >f---------
own answer's saves              >-ooooo----  >mmmmmmmmmm
own answer's save               >-ooooo----  >mmmmmmmmmm
own answer's save in Word       >-ooooo----  >mmmmmmmmmm
own answer's save as PDF        >-ooooo----  >mmmmmmmmmm
add own answer's section        >mmmmmmmmmm  >-fffrf----
name own answer's save          >mmmmmmmmmm  >-fffrf----
restore own answer's save       >mmmmmmmmmm  >-fffrf----
their answer's saves            >o---------  >mmmmmmmmmm
their answer's save             >o---------  >mmmmmmmmmm
their answer's save in Word     >o---------  >mmmmmmmmmm
their answer's save as PDF      >o---------  >mmmmmmmmmm
add their answer's section      >mmmmmmmmmm  >f---------
name their answer's save        >mmmmmmmmmm  >f---------
restore their answer's save     >mmmmmmmmmm  >f---------
own account's beredning            >-ooooo----  >-fffrf----
own account's text on beredning    >mmmmmmmmmm  >-fffrf----
own account's consultation         >-fffof----  >-fffrf----
own account's file of beredning    >-ooooo----  >mmmmmmmmmm
own account's consultation away    >mmmmmmmmmm  >-fffrf----
their account's beredning          >o---------  >f---------
their account's text on beredning  >mmmmmmmmmm  >f---------
their account's consultation       >f---------  >f---------
their account's file of beredning  >o---------  >mmmmmmmmmm
their account's consultation away  >mmmmmmmmmm  >f---------
own account's saves             >-ooooo----  >mmmmmmmmmm
own account's save              >-ooooo----  >mmmmmmmmmm
own account's save in Word      >-ooooo----  >mmmmmmmmmm
own account's save as PDF       >-ooooo----  >mmmmmmmmmm
add own account's section       >mmmmmmmmmm  >-fffrf----
name own account's save         >mmmmmmmmmm  >-fffrf----
restore own account's save      >mmmmmmmmmm  >-fffrf----
their account's saves           >o---------  >mmmmmmmmmm
their account's save            >o---------  >mmmmmmmmmm
their account's save in Word    >o---------  >mmmmmmmmmm
their account's save as PDF     >o---------  >mmmmmmmmmm
add their account's section     >mmmmmmmmmm  >f---------
name their account's save       >mmmmmmmmmm  >f---------
restore their account's save    >mmmmmmmmmm  >f---------
own answer's comments           >-ooooo----  >-rrrrr----
reply to own answer's comment   >mmmmmmmmmm  >-rrrrr----
resolve own answer's comment    >mmmmmmmmmm  >-rrrrr----
reopen own answer's comment     >mmmmmmmmmm  >-rrrrr----
own answer's sections given     >-ooooo----  >-fffrf----
own answer's section done       >mmmmmmmmmm  >-fffrf----
take back own answer's section  >mmmmmmmmmm  >-fffrf----
their answer's comments         >o---------  >r---------
reply to their answer's comment >mmmmmmmmmm  >r---------
resolve their answer's comment  >mmmmmmmmmm  >r---------
reopen their answer's comment   >mmmmmmmmmm  >r---------
their answer's sections given   >o---------  >f---------
their answer's section done     >mmmmmmmmmm  >f---------
take back their answer's section >mmmmmmmmmm  >f---------
own account's comments          >-ooooo----  >-rrrrr----
reply to own account's comment  >mmmmmmmmmm  >-rrrrr----
resolve own account's comment   >mmmmmmmmmm  >-rrrrr----
reopen own account's comment    >mmmmmmmmmm  >-rrrrr----
own account's sections given    >-ooooo----  >-fffrf----
own account's section done      >mmmmmmmmmm  >-fffrf----
take back own account's section >mmmmmmmmmm  >-fffrf----
their account's comments        >o---------  >r---------
reply to their account's comment >mmmmmmmmmm  >r---------
resolve their account's comment >mmmmmmmmmm  >r---------
reopen their account's comment  >mmmmmmmmmm  >r---------
their account's sections given  >o---------  >f---------
their account's section done    >mmmmmmmmmm  >f---------
take back their account's section >mmmmmmmmmm  >f---------
own account's section           >-fffof----  >-fffrf----
own account's header            >-fffof----  >-fffrf----
own account's new version       >mmmmmmmmmm  >-fffrf----
own account's attest            >-ooooo----  >mmmmmmmmmm
own account to attest           >mmmmmmmmmm  >-fffrf----
own account attested            >mmmmmmmmmm  >-ffffo----
own account returned            >mmmmmmmmmm  >-ffffo----
own account as word             >-ooooo----  >mmmmmmmmmm
own account as pdf              >-ooooo----  >mmmmmmmmmm
own decision                    >-fffoo----  >-fffrr----
own account's expediering too early       >-ooooo----  >-fffof----
own account's package           >----------  >mmmmmmmmmm
own account's sent file         >----------  >mmmmmmmmmm
own decision put right          >-fffoo----  >-fffrr----
their uppdrag                   >oooooooooo  >mmmmmmmmmm
change their uppdrag            >ffffffffff  >ffffffffff
close their uppdrag             >ffffffffff  >ffffffffff
their obligation                >f---------  >f---------
their new account               >ffffffffff  >ffffffffff
their account                   >o---------  >r---------
begin their account             >o---------  >f---------
their account's day             >f---------  >f---------
their account's section         >f---------  >f---------
their account's header          >f---------  >f---------
their account's new version     >mmmmmmmmmm  >f---------
their account's expediering too early     >o---------  >f---------
their account's package         >----------  >mmmmmmmmmm
their account's sent file       >----------  >mmmmmmmmmm
their account's attest          >o---------  >mmmmmmmmmm
their account to attest         >mmmmmmmmmm  >f---------
their account attested          >mmmmmmmmmm  >f---------
their account returned          >mmmmmmmmmm  >f---------
their account as word           >o---------  >mmmmmmmmmm
their account as pdf            >o---------  >mmmmmmmmmm
their decision                  >f---------  >f---------
their decision put right        >f---------  >f---------
admin                           rrrrrrrrrro  rrrrrrrrrro
admin sign-in                   >---------r  mmmmmmmmmmm
admin sign-out                  rrrrrrrrrrm  rrrrrrrrrr>
admin own password              >rrrrrrrrrr  >rrrrrrrrrr
admin own password done         rrrrrrrrrro  rrrrrrrrrrm
admin a password                >rrrrrrrrro  >rrrrrrrrro
admin texts                     rrrrrrrrrro  rrrrrrrrrrm
admin app                       rrrrrrrrrro  rrrrrrrrrro
admin search                    rrrrrrrrrrf  rrrrrrrrrrm
admin to the page               rrrrrrrrrr-  rrrrrrrrrr-
"""
# The administration's pages of one table. Whoever is not let in is shown the door, which for those
# who are signed in is not there (tests/desk/test_administration.py). "read": nothing is written;
# "stays": nothing is removed; "kept": all of it.
ADMIN_GRID = """
list     kept   >rrrrrrrrro  >rrrrrrrrro
add      kept   >rrrrrrrrro  >rrrrrrrrro
change   kept   >rrrrrrrrro  >rrrrrrrrro
history  kept   >rrrrrrrrro  >rrrrrrrrro
delete   kept   >rrrrrrrrro  >rrrrrrrrro
list     stays  >rrrrrrrrro  >rrrrrrrrro
add      stays  >rrrrrrrrro  >rrrrrrrrro
change   stays  >rrrrrrrrro  >rrrrrrrrro
history  stays  >rrrrrrrrro  >rrrrrrrrro
delete   stays  >rrrrrrrrrf  >rrrrrrrrrf
list     read   >rrrrrrrrro  >rrrrrrrrro
add      read   >rrrrrrrrrf  >rrrrrrrrrf
change   read   >rrrrrrrrro  >rrrrrrrrrf
history  read   >rrrrrrrrro  >rrrrrrrrro
delete   read   >rrrrrrrrrf  >rrrrrrrrrf
"""


def rows(grid: str) -> dict[str, tuple[str, str]]:
    """Label → the two strings of signs."""
    found = {}
    for line in grid.strip().splitlines():
        *label, get, post = line.split()
        assert len(get) == len(post) == len(PEOPLE), line
        found[" ".join(label)] = (get, post)
    return found


TABLE, ADMIN_TABLE = rows(GRID), rows(ADMIN_GRID)
LABELS = [address.label for address in (*ADDRESSES, *ADMIN)]


def test_every_pattern_has_a_row():
    """A new address without a row fails here."""
    named = {address.name for address in (*ADDRESSES, *ADMIN)}
    of_tables = tuple(f"admin:{m._meta.app_label}_{m._meta.model_name}_" for m, _ in tables())
    unlisted = {
        (address, name)
        for address, name in patterns()
        if name not in named and not name.startswith(of_tables)
    }
    # What has no name: what we put in front of the administration's own pages, its old addresses
    # of a row, and its last resort.
    assert {address for address, name in unlisted if name} == set()
    nameless = {address for address, name in unlisted if not name}
    old = {f"admin/{m._meta.app_label}/{m._meta.model_name}/<path:object_id>/" for m, _ in tables()}
    ours = {"admin/login/", "admin/password_change/", "admin/(?P<url>.*)$"}
    assert nameless == ours | old


def test_every_row_has_an_address():
    assert sorted(TABLE) == sorted(LABELS)
    assert len(LABELS) == len(set(LABELS))


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_what_the_table_says(walked: Walk, who: str):
    column = list(PEOPLE).index(who)
    expected = {label: (get[column], post[column]) for label, (get, post) in TABLE.items()}
    assert {
        label: (answer.sign, walked.sent[label].sign) for label, answer in walked.asked.items()
    } == expected


# Each page of every table opens for the administrator in tests/desk/test_administration.py too.
@pytest.mark.parametrize(
    "who", [pytest.param(w, marks=pytest.mark.deep) if w == "admin" else w for w in PEOPLE]
)
def test_everybody_gets_what_the_table_says_in_the_administration(city: City, who: str):
    column = list(PEOPLE).index(who)
    client = sign_in(city, who)
    seen: set[str] = set()
    for model, kind in tables():
        # Whoever is not let in is not let in by the same gate everywhere: one table of each kind.
        if who != "admin" and kind in seen:
            continue
        seen.add(kind)
        for page, path in table_addresses(model, city.people["admin"]).items():
            with undone(client):
                get = sign_of(client.get(path))
            with undone(client):
                post = sign_of(client.post(path, {}))
            said = ADMIN_TABLE[f"{page} {kind}"]
            assert (path, get, post) == (path, said[0][column], said[1][column])


@pytest.mark.parametrize("who", [w for w in PEOPLE if w != "admin"])
def test_what_the_administration_has_no_page_for_is_no_way_in(city: City, who: str):
    client = sign_in(city, who)
    for path in ("/admin/login/", "/admin/finns/inte/", "/admin/organisation/user/1/"):
        assert client.get(path, follow=True).status_code == (200 if who == "anonymous" else 404)
