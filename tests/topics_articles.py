"""What a person lists who reads the articles in data/articles: countries, things, organisations."""

COUNTRIES = {
    "sport": """Ethiopia, Kenya, United Kingdom, Morocco, Japan, New Zealand, Germany""",
    "medicine": """India, Brazil, South Africa, Vietnam, United Kingdom, Chad, Niger, Jordan,
        Egypt""",
    "local": """Denmark, Poland, Peru, Laos, Ireland""",
}
THINGS = {
    "sport": """Leith Marathon, North Bridge, Great Tay Relay, Pan-Pacific Wheelchair
        Championships, Harbour Line, Miles for Meals, Bekoji Youth Running Project, 400-metre
        indoor track, AeroStride-3, Northern Capitals Series, Oslo Fjord Half Marathon""",
    "medicine": """SLOWKID Trial, Global Kidney Health Fund, Medicines for Every Village,
        KidneyCheck-2, 60-bed dialysis centre, Sahel Kidney Study, Model List of Essential
        Medicines, Early Start Initiative""",
    "local": """Old Woolen Mill, Tannery Creek Arts Center, Peach County Fair, China Garden,
        Main Streets Alive, 40 kW solar roof, Riverside Trail, Millbrook Public Library,
        Blue Ridge Youth Music Festival""",
}
ORGANISATIONS = {
    "sport": """Scottish Athletics Federation, International Olympic Committee, World Athletics,
        Reuters""",
    "medicine": """Lancet Journal of Renal Medicine, Christian Medical College, Groote Schuur
        Hospital, Wellcome Trust, Can Tho University, European Renal Association, World Health
        Organization""",
    "local": """Tannery Creek Arts Center, Pemberton Holdings, First Baptist Church, Millbrook
        Courier, Lincoln Elementary School, Friends of the Mill, Georgia Department of Community
        Affairs, Georgia Tech, Millbrook Public Library""",
}


def listed(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",")]
