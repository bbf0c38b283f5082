"""Tables for the gate, unlike one another: records of persons and events, and aggregates, in ten languages. All of it is invented."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from tests.field.writing import Grid

WORDS = {  # headings in each language: what the columns of the layouts below are called
    "en": "case=Case number;name=Name;birth=Date of birth;date=Date;time=Time reported;area=District;kind=Offence;age=Age;sex=Sex;street=Street;lat=Latitude;lon=Longitude;plate=Registration plate;phone=Phone;mail=E-mail;count=Count;outcome=Outcome;person=Person ID;money=Amount stolen;weight=Weight;year=Year;month=Month;total=Total;rate=Rate per 1,000;people=Residents;hour=Hour;day=Weekday;group=Age group;change=Change;staff=Officers;minutes=Median minutes",
    "de": "case=Aktenzeichen;name=Nachname;birth=Geburtsdatum;date=Tatdatum;time=Uhrzeit;area=Bezirk;kind=Delikt;age=Alter;sex=Geschlecht;street=Straße;lat=Breitengrad;lon=Längengrad;plate=Kennzeichen;phone=Telefon;mail=E-Mail;count=Anzahl;outcome=Ausgang;person=Personen-ID;money=Schaden in Euro;weight=Gewicht;year=Jahr;month=Monat;total=Insgesamt;rate=Fälle je 1.000;people=Einwohner;hour=Stunde;day=Wochentag;group=Altersgruppe;change=Veränderung;staff=Dienststellen;minutes=Minuten (Median)",
    "fr": "case=Numéro de procédure;name=Nom;birth=Date de naissance;date=Date;time=Heure;area=Commune;kind=Infraction;age=Âge;sex=Sexe;street=Rue;lat=Latitude;lon=Longitude;plate=Immatriculation;phone=Téléphone;mail=Courriel;count=Nombre;outcome=Suite;person=Identifiant personne;money=Préjudice;weight=Poids;year=Année;month=Mois;total=Ensemble;rate=Taux pour 1000;people=Population;hour=Tranche horaire;day=Jour;group=Tranche d'âge;change=Évolution;staff=Effectifs;minutes=Minutes (médiane)",
    "es": "case=Número de expediente;name=Nombre;birth=Fecha de nacimiento;date=Fecha;time=Hora;area=Municipio;kind=Delito;age=Edad;sex=Sexo;street=Calle;lat=Latitud;lon=Longitud;plate=Matrícula;phone=Teléfono;mail=Correo electrónico;count=Cantidad;outcome=Resultado;person=ID de persona;money=Importe;weight=Peso;year=Año;month=Mes;total=Total;rate=Tasa por 1000;people=Habitantes;hour=Franja horaria;day=Día de la semana;group=Grupo de edad;change=Variación;staff=Agentes;minutes=Minutos (mediana)",
    "zh": "case=案件编号;name=姓名;birth=出生日期;date=案发日期;time=报警时间;area=地区;kind=类别;age=年龄;sex=性别;street=街道地址;lat=纬度;lon=经度;plate=车牌号;phone=联系电话;mail=电子邮箱;count=数量;outcome=处理结果;person=人员编号;money=损失金额;weight=权重;year=年份;month=月份;total=合计;rate=每千人发案数;people=常住人口;hour=时段;day=星期;group=年龄组;change=增减;staff=警力数;minutes=出警分钟中位数",
    "ko": "case=사건번호;name=성명;birth=생년월일;date=발생일;time=신고시각;area=구별;kind=죄종;age=나이;sex=성별;street=주소;lat=위도;lon=경도;plate=차량번호;phone=전화번호;mail=이메일;count=건수;outcome=처리결과;person=개인ID;money=피해액;weight=가중치;year=연도;month=월;total=합계;rate=인구 천명당;people=주민등록인구;hour=시간대;day=요일;group=연령대;change=증감;staff=경찰관수;minutes=출동시간(분)",
    "ja": "case=事件番号;name=氏名;birth=生年月日;date=発生年月日;time=発生時刻;area=市区町村;kind=罪種;age=年齢;sex=性別;street=住所;lat=緯度;lon=経度;plate=車両番号;phone=電話番号;mail=メールアドレス;count=件数;outcome=結果;person=個人ID;money=被害額;weight=ウェイト;year=年;month=月;total=総数;rate=千人当たり;people=人口;hour=時間帯;day=曜日;group=年齢階級;change=増減;staff=警察官数;minutes=所要分",
    "pt": "case=Número do processo;name=Nome;birth=Data de nascimento;date=Data;time=Hora;area=Município;kind=Crime;age=Idade;sex=Sexo;street=Rua;lat=Latitude;lon=Longitude;plate=Matrícula;phone=Telefone;mail=Correio eletrónico;count=Quantidade;outcome=Desfecho;person=ID da pessoa;money=Valor;weight=Ponderador;year=Ano;month=Mês;total=Total;rate=Taxa por 1000;people=População;hour=Hora do dia;day=Dia da semana;group=Grupo etário;change=Variação;staff=Efetivos;minutes=Minutos (mediana)",
    "pl": "case=Numer sprawy;name=Nazwisko;birth=Data urodzenia;date=Data zdarzenia;time=Godzina;area=Powiat;kind=Przestępstwo;age=Wiek;sex=Płeć;street=Ulica;lat=Szerokość;lon=Długość;plate=Numer rejestracyjny;phone=Telefon;mail=E-mail;count=Liczba;outcome=Wynik;person=ID osoby;money=Kwota;weight=Waga;year=Rok;month=Miesiąc;total=Ogółem;rate=Na 1000 mieszkańców;people=Ludność;hour=Pora dnia;day=Dzień tygodnia;group=Grupa wieku;change=Zmiana;staff=Funkcjonariusze;minutes=Minuty (mediana)",
    "ru": "case=Номер дела;name=Фамилия;birth=Дата рождения;date=Дата;time=Время;area=Район;kind=Преступление;age=Возраст;sex=Пол;street=Улица;lat=Широта;lon=Долгота;plate=Госномер;phone=Телефон;mail=Эл. почта;count=Число;outcome=Исход;person=ID лица;money=Ущерб;weight=Вес;year=Год;month=Месяц;total=Всего;rate=На 1000 жителей;people=Население;hour=Часы;day=День недели;group=Возрастная группа;change=Изменение;staff=Сотрудники;minutes=Минуты (медиана)",
}  # fmt: skip
NAMES = {"zh": "东山区 西河区 南溪区 北岭区 中原区 滨海区", "ko": "강북구 강남구 마포구 종로구 송파구 중랑구", "ja": "青葉区 港北区 緑区 泉区 旭区 栄区", "ru": "Заречный Южный Центральный Озёрный Лесной Горный"}
KINDS = {"zh": "盗窃 诈骗 纵火", "ko": "절도 사기 방화", "ja": "窃盗 詐欺 放火", "ru": "Кража Мошенничество Поджог", "de": "Diebstahl Betrug Brand", "fr": "Vol Fraude Incendie", "es": "Hurto Estafa Incendio"}
TONGUES = tuple(WORDS)


@dataclass(frozen=True)
class Tongue:
    """A language: its headings, six areas and three kinds."""

    code: str

    def __getitem__(self, word: str) -> str:
        return dict(pair.split("=") for pair in WORDS[self.code].split(";"))[word]

    @property
    def areas(self) -> list[str]:
        return NAMES.get(self.code, "Ashford Brookton Calder Dunmore Elmsea Farley").split()

    @property
    def kinds(self) -> list[str]:
        return KINDS.get(self.code, "Theft Fraud Arson").split()


def _cell(word: str, dice: random.Random, number: int, tongue: Tongue):
    """A cell of a record."""
    day = date(2023, 1, 1) + timedelta(days=dice.randrange(365))
    return {
        "case": f"{2023 + number % 2}/{number * 37 % 9973:05d}", "name": f"{'QXZVWKJY'[number % 8]}{'aeiou'[number % 5]}{'lmnrst'[number % 6]}{number}", "birth": f"{1950 + number % 50}-{1 + number % 12:02d}-{1 + number % 28:02d}",
        "date": day.isoformat(), "time": f"{day.isoformat()} {dice.randrange(24):02d}:{dice.randrange(60):02d}:{dice.randrange(60):02d}", "area": dice.choice(tongue.areas), "kind": dice.choice(tongue.kinds),
        "age": dice.randrange(12, 90), "sex": dice.choice("MF"), "street": f"{dice.randrange(1, 200)} Mill Lane", "lat": round(50 + dice.random(), 6), "lon": round(10 + dice.random(), 6),
        "plate": f"AB{dice.randrange(10, 99)} {'XYZ'[number % 3]}{'KLM'[dice.randrange(3)]}C", "phone": f"07700 9{dice.randrange(10000, 99999)}", "mail": f"p{number}@example.org", "count": dice.choice((1, 1, 1, 1, 2, 3)),
        "outcome": dice.choice(("A", "B", "C", "D")), "person": hashlib.sha256(f"{number}".encode()).hexdigest()[:16], "money": round(dice.random() * 4000, 2), "weight": round(0.4 + dice.random() * 2, 5), "year": 2020 + dice.randrange(4),
        "month": f"2023-{dice.randrange(1, 13):02d}", "staff": dice.randrange(1, 5), "one": 1,
    }[word]  # fmt: skip


RECORDS = {  # what it is → its columns, and how many rows
    "crimes with a number": ("case date kind area outcome", 120),
    "victims": ("name birth kind area", 40),
    "suspects by age and sex": ("case age sex kind area date", 200),
    "calls with a time to the second": ("time area kind outcome", 150),
    "collisions with vehicles and casualties": ("case date lat lon staff count", 180),
    "points on a map": ("lat lon kind month", 260),
    "stolen vehicles": ("plate date area kind", 60),
    "complaints with an address": ("street kind date outcome", 90),
    "contacts": ("name phone mail area", 30),
    "persons by a hash": ("person year kind count", 160),
    "survey answers with weights": ("person age sex area weight", 220),
    "damages": ("case money kind date area", 140),
    "stops and searches": ("time age sex area outcome kind", 300),
    "a jail's roster": ("name age sex date kind", 70),
    "witnesses": ("case name phone", 45),
    "tickets": ("plate time street money", 110),
    "missing persons": ("name birth sex date area", 25),
    "events, each counted once": ("area kind date one", 320),
    "convictions": ("person birth kind outcome year", 130),
    "patients": ("case birth sex area outcome", 80),
}


def records() -> dict[str, Grid]:
    """Sixty tables of records: each of the twenty kinds in three languages, with rows and columns in different orders."""
    made = {}
    for at, (what, (columns, rows)) in enumerate(RECORDS.items()):
        for turn in range(3):
            tongue, dice = Tongue(TONGUES[(3 * at + turn * 3 + turn) % 10]), random.Random(f"{what} {turn}")
            words = columns.split()
            words = words[turn:] + words[:turn]
            heads = [tongue["count"] if word == "one" else tongue[word] for word in words]
            body = list(dict.fromkeys(tuple(_cell(word, dice, n, tongue) for word in words) for n in range(rows + 17 * turn)))
            made[f"ga/{what} ({tongue.code})"] = [heads, *map(list, body)]
    return made


def _long(t: Tongue, dice, keys: dict[str, list], value: Callable, head: str = "count") -> Grid:
    return [[*keys, t[head]], *([*key, value(dice)] for key in product(*keys.values()))]


def _years(last: int, number: int = 4) -> list[int]:
    return [last - number + 1 + n for n in range(number)]


def _counts(dice: random.Random) -> int:
    return dice.randrange(20, 900)


AGGREGATES: dict[str, Callable[[Tongue, random.Random], Grid]] = {
    "areas by year": lambda t, d: _long(t, d, {t["area"]: t.areas, t["year"]: _years(2023)}, _counts),
    "areas by kind and month": lambda t, d: _long(t, d, {t["area"]: t.areas, t["kind"]: t.kinds, t["month"]: [f"2023-{m:02d}" for m in range(1, 13)]}, _counts),
    "years across": lambda t, d: [[t["area"], *_years(2023, 6)], *([a, *(_counts(d) for _ in range(6))] for a in t.areas)],
    "kinds across with a total": lambda t, d: [[t["area"], t["year"], *t.kinds, t["total"]], *([a, y, *(c := [_counts(d) for _ in t.kinds]), sum(c)] for a in t.areas for y in _years(2022, 3))],
    "rare events, mostly noughts": lambda t, d: _long(t, d, {t["area"]: t.areas, t["month"]: [f"2022-{m:02d}" for m in range(1, 13)]}, lambda dice: int(dice.random() < 0.2)),
    "rates beside counts and residents": lambda t, d: [[t["area"], t["year"], t["count"], t["people"], t["rate"]], *([a, y, c := _counts(d), p := d.randrange(20_000, 90_000), round(1000 * c / p, 2)] for a in t.areas for y in _years(2023))],
    "rates alone": lambda t, d: [[t["area"], t["year"], t["rate"]], *([a, y, round(3 + 9 * d.random(), 2)] for a in t.areas for y in _years(2023))],
    "persons by age and sex": lambda t, d: _long(t, d, {t["area"]: t.areas, t["group"]: ["0-17", "18-24", "25-64", "65+"], t["sex"]: ["M", "F"], t["year"]: _years(2023, 2)}, _counts),
    "hours of the day": lambda t, d: _long(t, d, {t["area"]: t.areas, t["hour"]: [f"{h:02d}-{h + 4:02d}" for h in range(0, 24, 4)], t["year"]: _years(2023, 2)}, _counts),
    "days of the week": lambda t, d: _long(t, d, {t["day"]: list("1234567"), t["area"]: t.areas, t["year"]: _years(2023, 2)}, _counts),
    "one series of months": lambda t, d: [[t["month"], t["count"]], *([f"{y}-{m:02d}", d.randrange(900, 1900)] for y in range(2012, 2024) for m in range(1, 13))],
    "changes": lambda t, d: [[t["area"], t["year"], t["count"], t["change"]], *([a, y, _counts(d), d.randrange(-40, 40)] for a in t.areas for y in _years(2023))],
    "money lost": lambda t, d: [[t["area"], t["year"], t["count"], t["money"]], *([a, y, _counts(d), d.randrange(20_000, 900_000)] for a in t.areas for y in _years(2023))],
    "officers": lambda t, d: [[t["area"], t["year"], t["staff"]], *([a, y, d.randrange(30, 400)] for a in t.areas for y in _years(2023))],
    "time to arrive": lambda t, d: [[t["area"], t["year"], t["count"], t["minutes"]], *([a, y, _counts(d), round(6 + 5 * d.random(), 1)] for a in t.areas for y in _years(2023))],
    "areas called by numbers": lambda t, d: _long(t, d, {t["area"]: list(range(1, 25)), t["year"]: _years(2023)}, _counts),
    "codes beside names": lambda t, d: [["Code", t["area"], t["year"], t["count"]], *([f"E0900{n:04d}", a, y, _counts(d)] for n, a in enumerate(t.areas) for y in _years(2023))],
    "residents of three censuses": lambda t, d: [[t["area"], t["year"], t["people"]], *([a, y, d.randrange(20_000, 900_000)] for a in t.areas for y in (2001, 2011, 2021))],
    "four hundred areas in one year": lambda t, d: [[t["area"], t["kind"], t["year"], t["count"]], *([f"{t.areas[n % 6]} {n:03d}", k, 2023, d.randrange(0, 60)] for n in range(140) for k in t.kinds)],
    "a very small table": lambda t, d: [[t["area"], "2022", "2023"], *([a, _counts(d), _counts(d)] for a in t.areas[:3])],
}  # fmt: skip


def aggregates() -> dict[str, Grid]:
    """Sixty aggregates: each of the twenty kinds in three languages."""
    made = {}
    for at, (what, make) in enumerate(AGGREGATES.items()):
        for turn in range(3):
            tongue = Tongue(TONGUES[(3 * at + turn * 3 + turn) % 10])
            made[f"ga/{what} ({tongue.code})"] = make(tongue, random.Random(f"{what} {turn}"))
    return made
