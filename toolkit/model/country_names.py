"""Names of countries in daily use that no locale of the CLDR and no code of ISO 3166 gives.

Each line is a code and the names that stand for it, in plain letters. The codes of states that are
no more are those of the CLDR's aliases, which say what followed them.
"""

DAILY = """
AE: uae; emirates; emiratos
AG: antigua
AT: republic of austria; oesterreich
BA: bosnien herzegowina; bosnien und herzegowina; bosnien; bosnia; bosnia hercegovina; republika srpska
BN: brunei darussalam
BO: plurinational state of bolivia
BY: weissrussland; belorussia; byelorussia; white russia
CC: cocos islands; keeling islands
CD: dr congo; drc; democratic republic of congo; democratic republic of the congo; d r congo; dem rep congo; dem rep of the congo; congo kinshasa; congo dr; congo drc; congo democratic republic; congo democratic republic of the; congo the democratic republic of the; rdc; republique democratique du congo; belgian congo
CF: central african rep; car
CG: republic of congo; republic of the congo; congo brazzaville; congo republic; congo republic of the; french congo
CH: swiss confederation; confoederatio helvetica; helvetia
CI: elfenbeinkuste; elfenbeinkueste; ivory coast; cote d ivoire; the ivory coast
CN: prc; pr china; p r china; p r c; peoples republic of china; people s republic of china; peoples rep of china; china pr; china prc; china peoples republic of; mainland china; china mainland; red china; volksrepublik china; vr china
CV: cape verde; cape verde islands; cabo verde
CZ: tschech republik; tschechische rep; tschechei; czech rep; the czech lands; ceska republika; cesko
DE: brd; frg; fr germany; federal republic of germany; germany federal republic of; bundesrepublik; bundesrepublik deutschland; deutschland brd; united germany
DO: dominican rep; republica dominicana
ES: kingdom of spain
FK: falklands; malvinas
FM: federated states of micronesia; micronesia federated states of; fsm
FR: french republic; metropolitan france; la france
GB: uk; u k; great britain; britain; gb; england; scotland; wales; northern ireland; united kingdom of great britain and northern ireland; united kingdom of great britain; gt britain; angleterre; inglaterra; inghilterra; schottland; ecosse; escocia; scozia; pays de galles; gales; galles; nordirland; irlande du nord; irlanda del norte; irlanda del nord; grossbritannien; grande bretagne; gran bretana; gran bretagna; cymru; alba; groot brittannie; engeland
GE: republic of georgia; country of georgia; georgia country; georgia republic of; sakartvelo; georgia caucasus; georgia tbilisi
GM: the gambia
GR: el; hellenic republic; hellas; greece hellenic republic
GS: south georgia
HK: hong kong; hongkong; hksar; hong kong sar; hong kong s a r; hong kong china; china hong kong; china hong kong sar; hong kong special administrative region; hong kong sar of china
HR: republic of croatia
IE: eire; irish republic; republic of ireland; southern ireland; ireland republic of
IL: state of israel
IN: bharat; republic of india; hindustan
IR: islamic republic of iran; iran islamic republic of; persia
IT: italian republic
JP: nippon; nihon
KE: republic of kenya
KG: kirghizia; kirgizia; kyrgyz republic
KN: st kitts; saint kitts; st kitts nevis
KP: north korea; dprk; korea north; democratic peoples republic of korea; korea democratic peoples republic of; korea dpr; n korea; nordkorea
KR: republik korea; republique de coree; republica de corea; south korea; republic of korea; korea republic of; rok; korea south; korea rep; s korea; rep of korea; korea republic; sudkorea; suedkorea
MU: ile maurice; mauritius island
KZ: kasachstan; kazakstan; kazakh republic
LA: lao pdr; lao; lao peoples democratic republic
LC: st lucia
LY: libyan arab jamahiriya
MD: moldawien; moldavie; republic of moldova; moldova republic of; moldavia
MK: mazedonien; macedoine; macedonia; fyrom; fyr macedonia; former yugoslav republic of macedonia; the former yugoslav republic of macedonia; macedonia the former yugoslav republic of; republic of macedonia; macedonia fyrom
MM: birma; birmanie; birmania; burma; union of myanmar; republic of the union of myanmar
MO: macau; macao; macau sar; macao sar; macau china; macao china; china macao; china macau; china macao sar
NL: holland; the netherlands; netherlands the; kingdom of the netherlands; pays bas; paises bajos; paesi bassi; niederlande; hollande; holanda; olanda
PH: the philippines; philippine islands
PS: palestinian national authority; palastinensische autonomiebehorde; palestine; state of palestine; palestine state of; palestinian territory; palestinian territories; occupied palestinian territory; palestinian territory occupied; palestinian authority; west bank; gaza; gaza strip; the gaza strip; west bank and gaza; west bank and gaza strip; west bank gaza
PT: portuguese republic
RU: russian federation; russian fed; rf; rossiya; rossija
SA: ksa; kingdom of saudi arabia; saudi
SD: republic of the sudan
SK: slow republik; slowak republik; slovak republic; slovak rep
ST: sao tome; sao tome and principe
SX: sint maarten
SY: syrian arab republic
SZ: swaziland; kingdom of swaziland; kingdom of eswatini
TL: east timor; timor leste; timor
TR: turkey; turkiye; republic of turkey; republic of turkiye
TT: trinidad; tobago
TW: 臺灣; taiwan; taiwan roc; taiwan r o c; roc; r o c; republic of china; republic of china taiwan; taiwan republic of china; chinese taipei; taiwan china; taiwan province of china; formosa; roc taiwan
TZ: united republic of tanzania; tanzania united republic of
US: usa; us; u s; u s a; united states of america; the united states; the united states of america; america; the states; estados unidos; estados unidos de america; etats unis d amerique; eeuu; ee uu; stati uniti d america; vereinigte staaten von amerika; georgia usa; georgia us; us of america; united states america
VA: vatican; holy see; the holy see; the vatican; vatican city state
VC: st vincent; saint vincent
VE: bolivarian republic of venezuela; venezuela bolivarian republic of
VN: viet nam; vietnam; socialist republic of vietnam; socialist republic of viet nam
WS: western samoa
ZA: rsa; south africa; republic of south africa; s africa
NZ: nz; n z; aotearoa; aotearoa new zealand
"""
FORMER = """
SU: su; sun; ussr; u s s r; soviet union; the soviet union; union of soviet socialist republics; udssr; sowjetunion; urss; union sovietique; union sovietica; unione sovietica; sssr
890: yug; yugoslavia; sfr yugoslavia; sfry; jugoslawien; yougoslavie; former yugoslavia; socialist federal republic of yugoslavia; jugoslavija; ex yugoslavia
YU: fr yugoslavia; federal republic of yugoslavia
CS: serbia and montenegro; serbia montenegro
200: csk; tch; czechoslovakia; cssr; tschechoslowakei; tchecoslovaquie; checoslovaquia; cecoslovacchia; ceskoslovensko; czechoslovak republic; czechoslovak socialist republic
DD: dd; gdr; g d r; east germany; german democratic republic; ddr; d d r; deutsche demokratische republik; rda; germany east; ostdeutschland
280: west germany; germany west; westdeutschland
ZR: zaire; republic of zaire
HV: upper volta; haute volta; obervolta
DY: dahomey
RH: rhodesia; southern rhodesia
AN: netherlands antilles; dutch antilles
NH: new hebrides
YD: south yemen; democratic yemen; peoples democratic republic of yemen
VD: north vietnam; democratic republic of vietnam; south vietnam
LK: ceylon
TH: siam
KH: kampuchea; democratic kampuchea
ZM: northern rhodesia
GH: gold coast
MY: malaya; federation of malaya
ET: abyssinia
BW: bechuanaland
LS: basutoland
BZ: british honduras
TZ: tanganyika; zanzibar
"""
AMBIGUOUS = """
CG CD: congo; the congo; kongo
KR KP: korea; corea; coree
VG VI: virgin islands; the virgin islands
MF SX: saint martin; saint martin island
"""
NO_COUNTRIES = "EU EZ UN QO XA XB ZZ"  # codes of the CLDR for unions, tests and "unknown"
UNIONS = "eu; european union; europe; europaische union; union europeenne; union europea"
GENERIC = """republic republik republique republica repubblica democratic peoples people s federal
federative federation islamic socialist kingdom state commonwealth principality sultanate grand
duchy union independent plurinational bolivarian arab hashemite cooperative oriental emirate of the
rep fed dem federativa federale bundesrepublik do de du del di der des la"""
