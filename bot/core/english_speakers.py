"""English: the words that tell who speaks."""

#: Verbs that go with somebody's very words, beside those that report.
QUOTING = frozenset(
    """
    advised advises agreed agrees announces apologised apologized appealed appeals begged boasted
    boasts cautioned cautions chanted chuckled chuckles complained complains conceded confided
    confides counselled countered counters cried cries demanded demands estimated estimates
    exclaimed exclaims feared fears grinned grins grumbled grumbles hinted hints hoped hopes
    implored joked jokes joking judged lamented laments laughed laughs mused muses muttered mutters
    nodded objected objects offered offers ordered pleaded pleads pledged pledges predicted
    predicts promised promises proposed proposes protested protests quipped quips reasoned reasons
    recalling reckoned reckons recommended recommends recounted recounts remembered remembers
    repeated repeats responded responds resumed retorted retorts ruled sang scolded screamed
    shouted shouts shrugged shrugs sighed sighs smiled smiles snapped summed swears swore teased
    testified thought thundered vowed vows whispered whispers winked wondered wonders worried
    worries yelled
    """.split()
)

#: Verbs by which somebody gives a thing a name in his own words.
NAMING = frozenset(
    """
    branded brands called calls condemned condemns criticised criticises criticized criticizes
    denounced denounces described describes dismissed dismisses dubbed dubs hailed hails labeled
    labelled pledged praised praises promised termed terms vowed wanted wants
    """.split()
)

#: Nouns of people by what they do, as they stand before a name.
OCCUPATIONS = frozenset(
    """
    accountant activist actor actress admiral adviser advisor aide ambassador analyst archbishop
    architect artist astronaut astronomer attorney auditor author banker biologist bishop botanist
    boxer brigadier businessman businesswoman campaigner capt captain cardinal caretaker carpenter
    chairman chairperson chairwoman champion chemist chief coach col colonel columnist commander
    commissioner composer conductor constable coordinator correspondent cosmonaut councillor
    curator dame defender delegate deputy designer detective diplomat director doctor dr driver
    ecologist economist editor electrician engineer envoy executive expert farmer filmmaker
    fisherman footballer founder gen geologist goalkeeper gov governor grandmaster head headteacher
    historian hydrologist imam inspector inventor investigator journalist judge justice lady
    lawmaker lawyer leader lecturer librarian lieutenant linguist lord lt maj manager marshal
    mathematician mayor mechanic meteorologist midfielder minister mission mr mrs ms musician
    novelist nurse observer officer official ombudsman organiser organizer owner painter pastor
    pathologist pensioner photographer physician physicist pianist pilot player plumber poet
    politician pope president prince princess principal prof professor prosecutor rabbi ranger
    rector referee registrar rep representative researcher rev scholar scientist secretary
    seismologist sen senator sergeant sgt sheikh shepherd sheriff shopkeeper singer sir skipper
    spokesman spokesperson spokeswoman statistician striker student superintendent surgeon survivor
    teacher technician trader trainer treasurer umpire veteran veterinarian violinist volunteer
    warden winemaker witness worker writer zoologist
    """.split()
)

#: Nouns of bodies that speak.
BODIES = frozenset(
    """
    academy administration agency alliance army association authority bank board body bureau
    cabinet center centre chamber charity church city club commission committee company consortium
    corporation council court customs department embassy exchange federation firm foundation fund
    government group hospital institute institution league maker ministry mission museum
    observatory office operator organisation organization parliament party police regulator
    secretariat service side society union university
    """.split()
)

#: Nouns of what only carries words: its writer is not said.
CARRIERS = frozenset(
    """
    account advertisement agreement anthem article banner bill book caption communique declaration
    document draft film headline inscription invitation joke label law leaflet letter message motto
    name note notice novel placard plaque play poem post poster proverb report resolution saying
    sentence sign slogan song statement story text title treaty version words
    """.split()
)

#: Nouns of people by what they are to others, or to the story.
RELATIONS = frozenset(
    """
    aunt boy brother candidate child citizen colleague counterpart couple cousin critic customer
    daughter father friend girl grandfather grandmother guest host husband man mother neighbor
    neighbour nephew niece opponent owner parent partner passenger patient person predecessor
    prisoner protester reader resident rival sister son spouse stranger successor survivor suspect
    tenant tourist uncle victim villager visitor voter widow widower wife woman
    """.split()
)
