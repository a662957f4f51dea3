"""English: its currencies and units."""

from bot.core.english_periods import LATER

SIGNS = (r"(?:(?<!\w)(?:US|AU|CA|NZ|HK|A|C|S|R))?\$\s?", r"[€£¥₽₸₹₴₺₩₼₾]\s?")
CODES = tuple(
    "Rs|PKR|INR|USD|EUR|GBP|CHF|CNY|RMB|RUB|KZT|UZS|KGS|TJS|JPY|AED|SEK|NOK|DKK|PLN".split("|")
)
_NATIONS = (
    r"(?:(?:US|U\.S\.|American|Canadian|Australian|Singapore|Hong Kong|Chinese|Russian|Belarusian"
    r"|Kazakh|Kazakhstani|Kyrgyz|Uzbek|Tajik|Turkmen|Azerbaijani|Georgian|Armenian|Turkish|Indian"
    r"|Pakistani|Iranian|Saudi|Qatari|Omani|Emirati|Japanese|Mongolian|Swiss|Swedish|Norwegian"
    r"|Danish"
    r"|Brazilian|Malaysian|Thai|Indonesian|Vietnamese|Philippine|Romanian|Bulgarian"
    r"|Czech|Icelandic|Polish|Hungarian|Egyptian|Syrian|Lebanese|Mexican|Argentine) )?"
)
_MONEY = (
    r"(?:dollars?|cents?|pence|penny|reais|kwachas?|cedis?|kwanzas?|leva|lei|euros?|yuan|renminbi|r(?:ou|u)bles?|tenge|soms?|soums?|somoni"
    r"|manats?|rupees?|taka|rials?|tomans?|riyals?|dirhams?|yen|francs?|liras?|drams?|laris?"
    r"|tugriks?|togrogs?|zlotys?|ringgit|baht|pesos?|rand|shekels?|dinars?|birr|naira|shillings?"
    r"|kyats?|dong|rupiah|afghanis?|hryvnias?|forints?|crowns?|kron[ae]r?|koruna|kopecks?)"
)
CURRENCIES = (
    rf"{_NATIONS}{_MONEY}",
    r"pounds? sterling",
    rf"(?-i:{'|'.join(CODES)})",
    r"(?:Egyptian|Syrian|Lebanese|British) pounds?",
    r"(?:South |North )?Korean won|(?<=illion )won",
    r"[$€£₽₸₹](?!\s?\d)",
    r"Uzbek sums?|(?<=illion )sums?",
)
_TIME = r"(?:day|year|month|week|hour|minute|second|night)"
_RATE = rf"(?:(?: per| an?|/) ?(?:{_TIME}(?! (?:{LATER})\b)|hectare|head|person|capita))?"
_METRE = r"(?:kilo|centi|milli|nano)?met(?:er|re)s?"
UNITS = (
    r"percentage points?|percent|per cent|%|basis points?",
    rf"(?:square|cubic|nautical) (?:{_METRE}|km|miles?|feet|inches){_RATE}",
    rf"(?:{_METRE}|miles?|feet|foot|inch(?:es)?|yards?){_RATE}",
    r"km/h|kph|mph|knots",
    r"(?:km2|km²|sq km|sq m|km|cm|mm|(?-i:m2|m²|m3|m³))",
    rf"(?:metric )?tons?(?: of oil equivalent)?{_RATE}|tonnes?{_RATE}",
    rf"(?:barrels?|bushels?|gallons?|ounces?|pounds?|lit(?:er|re)s?|bales?|carats?){_RATE}|bpd",
    r"(?:kilo)?grams?|kilos?|kg|mg",
    r"hectares?|acres?|(?-i:ha)",
    r"(?:mega|giga|kilo|tera)?watts?(?:[- ]hours?)?|(?-i:kWh|MWh|GWh|TWh|kW|MW|GW|TW)",
    rf"degrees?(?: Celsius| Fahrenheit)?{_RATE}|°[CF]?",
    r"(?:mega|giga|tera|kilo|peta)(?:bytes?|bits?)(?: per second)?|(?-i:GB|MB|TB|PB)",
    r"light[- ]years?",
    r"times",
)
_KINDS = "consecutive|straight|more|other|further|additional|full|calendar|business|working"
_TIMES = (
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)|nights?)"
)
DURATIONS = (
    rf"(?:(?:{_KINDS}) )?{_TIMES}",
    r"-?(?:year|month|week|day|hour|minute)s?-(?:old|long)",
)
_GOODS = (
    r"(?:barrel|share|ton|tonne|kilo(?:gram)?|pound|ounce|hectare|acre|head|person"
    r"|unit|piece|ticket|litre|liter|gallon|bushel|square met(?:er|re)|kilowatt-hour|megawatt-hour"
    r"|carat|bottle|pack|seat|passenger|vote|word|capita|thousand cubic met(?:er|re)s)"
)
RATES = (
    rf" (?:an?|per) {_GOODS}",
    r"/(?:bbl|t|kg|MWh|kWh)",
)
