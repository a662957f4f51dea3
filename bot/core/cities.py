"""Names that a dateline may give alone: the cities of the world's datelines, and the agencies."""

import re

#: Capitals and other seats of news, as datelines print them.
CITIES = frozenset(
    name.strip()
    for name in """
    ABU DHABI, ABUJA, ACCRA, ADDIS ABABA, ALGIERS, ALMATY, AMMAN, AMSTERDAM, ANKARA, ASHGABAT,
    ASTANA, ASUNCION, ATHENS, BAGHDAD, BAKU, BANGKOK, BARCELONA, BEIJING, BEIRUT, BELGRADE, BERLIN,
    BERN, BISHKEK, BOGOTA, BRASILIA, BRATISLAVA, BRUSSELS, BUCHAREST, BUDAPEST, BUENOS AIRES, CAIRO,
    CANBERRA, CARACAS, CHICAGO, CHISINAU, COLOMBO, COPENHAGEN, DAKAR, DAMASCUS, DAVOS, DELHI, DHAKA,
    DOHA, DUBAI, DUBLIN, DUSHANBE, FRANKFURT, GAZA, GENEVA, GUANGZHOU, HANOI, HARARE, HAVANA,
    HELSINKI, HONG KONG, ISLAMABAD, ISTANBUL, JAKARTA, JERUSALEM, JOHANNESBURG, KABUL, KAMPALA,
    KARACHI, KATHMANDU, KAZAN, KHARTOUM, KHUJAND, KIEV, KIGALI, KUALA LUMPUR, KUWAIT CITY, KYIV,
    LAGOS, LAHORE, LIMA, LISBON, LJUBLJANA, LONDON, LOS ANGELES, LUXEMBOURG, MADRID, MANAMA, MANILA,
    MEXICO CITY, MIAMI, MILAN, MINSK, MOGADISHU, MONTEVIDEO, MONTREAL, MOSCOW, MUMBAI, MUNICH,
    MUSCAT, NAIROBI, NEW DELHI, NEW YORK, NICOSIA, NUR-SULTAN, OSAKA, OSLO, OTTAWA, PARIS, PESHAWAR,
    PRAGUE, PRETORIA, PYONGYANG, QINGDAO, QUETTA, QUITO, RABAT, RAWALPINDI, REYKJAVIK, RIGA, RIYADH,
    ROME, SAINT PETERSBURG, SAMARKAND, SAN FRANCISCO, SANAA, SANTIAGO, SARAJEVO, SEOUL, SHANGHAI,
    SHENZHEN, SHYMKENT, SINGAPORE, SKOPJE, SOCHI, SOFIA, ST. PETERSBURG, STOCKHOLM, STRASBOURG,
    SYDNEY, TAIPEI, TALLINN, TASHKENT, TBILISI, TEHRAN, TEL AVIV, TIANJIN, TIRANA, TOKYO, TORONTO,
    TRIPOLI, TUNIS, ULAANBAATAR, UNITED NATIONS, URUMQI, VATICAN CITY, VIENNA, VIENTIANE, VILNIUS,
    VLADIVOSTOK, WARSAW, WASHINGTON, WELLINGTON, YANGON, YEREVAN, YEKATERINBURG, ZAGREB, ZURICH
    """.split(",")
)

#: Agencies and papers, in lower case and without "the". No country, city or party is one of them.
AGENCIES = frozenset(
    " ".join(name.split())
    for name in """
    24.kg, aa, aap, afp, agence france-presse, agerpres, akipress, al jazeera, amu tv, anadolu,
    anadolu ajansı, ani, aninews, ansa, antara, ap, apa, app, arab news, ariana news, armenpress,
    arminfo, asia plus, asia-plus, associated press, associated press of pakistan, astana times,
    avesta, azernews, azertac, azertag, bakhtar, bbc, belta, bernama, bloomberg, bss, caliber.az,
    caspian news, cctv, central asian times, cgtn, china daily, china news service, cnn, ctk, dawn,
    deutsche welle, diplomat, dpa, dunyo, economic times, efe, eurasianet, express tribune, fars,
    financial times, gazeta.ru, gazeta.uz, global times, guardian, hindu, hindustan times, ians,
    indian express, inform.kz, informburo.kz, interfax, interfax-azerbaijan, interfax-kazakhstan,
    interfax-ukraine, irib, irna, isna, itar-tass, izvestia, jiji press, kabar, kaktus.media,
    kazinform, kaztag, khaama press, khabar 24, khovar, kommersant, korea herald, kuensel, kun.uz,
    kuna, kursiv, kyodo, lenta.ru, mehr, montsame, mti, nation, ndtv, new york times, news
    international, niat khovar, ntb, nur.kz, pajhwok, pajhwok afghan news, pap, people's daily,
    petra, podrobno.uz, prensa latina, press trust of india, press tv, pti, qna, radio free europe,
    report, report.az, reuters, rfe/rl, ria novosti, rossiyskaya gazeta, sana, south china morning
    post, spa, spot.uz, sputnik, tanjug, tasnim, tass, tehran times, tengrinews, tengrinews.kz,
    times of central asia, times of india, tolonews, trend, trend.az, trt world, turan,
    turkmenportal, tv brics, ukrinform, uni, united news of india, united press international, upi,
    uza, uzdaily, uzdaily.uz, uzreport, vedomosti, vlast.kz, wall street journal, wam, washington
    post, xinhua, yonhap, zakon.kz
    """.split(",")
)

_KIND = re.compile(r"\s+(?:(?:news|information|press)\s+)?(?:agency|service)$")


def is_agency(name: str) -> bool:
    """Say whether a name is an agency's or a paper's, with "the" or "news agency" beside or not."""
    plain = " ".join(name.lower().replace("’", "'").split()).removeprefix("the ")
    return plain in AGENCIES or _KIND.sub("", plain) in AGENCIES


def is_city(name: str) -> bool:
    """Say whether a name is one of the cities, in whatever letters."""
    return name.upper() in CITIES
