"""Heads: the nouns that tell what a name is the name of, and words that no name begins with."""

# What is built, held, run, written or won: Boston Marathon, Clean Air Act, Kariba Dam.
THINGS = frozenset(
    """
    abbey accelerator accord act agenda agreement airport aqueduct arena award awards barrage
    bill bowl breakwater bridge bypass campaign canal carnival castle cathedral causeway
    celebration center centre challenge championship championships charter circuit classic
    collider compact competition concert conference convention corridor cup dam database day
    declaration derby doctrine exchange exhibition expedition expo exposition expressway
    facility fair farm festival final forum framework freeway fund fundraiser games garden
    gardens guidelines hackathon hall highway hub index initiative interchange journey
    laboratory league library lighthouse line link marathon market masterplan medal memorial
    metro mill mission model monument motorway museum network observatory olympiad olympics open
    operation palace parade paralympics park partnership pavilion pier pipeline plan plant
    playground plaza prix prize program programme project promenade protocol quay race raceway
    railroad railway reactor referendum refinery regatta registry relay reserve reservoir
    roadmap rover sanctuary satellite scale scheme scholarship scorecard series shuttle speedway
    stadium station statute strategy study subway summit survey symposium system telescope
    temple terminal theater theatre tour tournament tower trail tramway treaty trial trials
    trophy tunnel turnpike vaccine velodrome viaduct walk waterworks week wharf workshop
    """.split()
)

# Lower-case nouns that end a name whose first words alone have capitals.
TAILS = frozenset(
    """
    airport arena bridge campaign canal center centre championship conference corridor dam
    exhibition expo farm festival forum fund garden highway hospital initiative laboratory
    library line marathon mission museum network observatory park partnership pipeline plan
    plant pool port program programme project railroad railway reactor refinery reservoir road
    satellite scheme school stadium station study summit system telescope terminal tournament
    tower track trail train tram trial tunnel vaccine viaduct ward
    """.split()
)

# People who act together: Power Construction Corporation, Ministry of Health, Daily Mail.
BODIES = frozenset(
    """
    academy administration agency airlines airways alliance army assembly associates association
    authority bank board brigade broadcaster bulletin bureau cabinet chamber charity chronicle
    church clinic club co college commission committee company confederation congress consortium
    cooperative corp corporation council courier court crescent cross daily department
    directorate enterprises faculty fc federation foundation friends gazette government group
    guild herald holdings hospital inc industries infirmary institute institution journal
    laboratories limited llc ltd magazine mail media ministry motors news newspaper observer
    office organisation organization parliament partners pharmaceuticals police post press
    school schools secretariat senate service services society telegraph times tribune trust
    union unions university ventures
    """.split()
)

# Things that people speak of as bodies too.
BOTH = frozenset("center centre laboratory library museum observatory".split())

# Things that are a common surname as well.
SURNAMES = frozenset("bowl bridge day fair farm hall league march marathon park walk".split())

# Things with a title of their own, told by the noun beside it: the film "Solid Ground".
WORKS = frozenset(
    """
    album app article ballad blog book cartoon column comedy docudrama documentary drama episode
    essay film game guide hymn list magazine manifesto manual movie musical newsletter novel
    opera painting pamphlet paper podcast poem report sculpture show single song speech story
    symphony thesis treatise website
    """.split()
)

# Words that have a capital because they open a sentence.
OPENERS = frozenset(
    """
    a about above according across after again all along also although amid among an and another
    any as at because before behind below beneath beside besides between beyond both but by can
    despite did do does during each either even every few following for from given had has have
    he her here his how however if in inside instead into is it its just last like many may
    meanwhile more most much near neither never nevertheless next no none nor not now of off
    often on once one only or other others our out outside over perhaps rather several shall she
    should since so some sometimes soon still such than that the their then there these they
    this those though three through throughout thus to today together tomorrow too toward
    towards two under unlike until up upon was we were what when where whereas whether which
    while who whose why will with within without yesterday yet you your
    """.split()
)
