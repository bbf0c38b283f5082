"""The plain page: recorded crime in London as most people would draw it, with Streamlit's default settings."""

import json
from pathlib import Path

import altair as alt
import geopandas as gpd
import pandas as pd
import streamlit as st

OPEN = Path(__file__).resolve().parents[2] / "data" / "open"


@st.cache_data
def load_crime() -> pd.DataFrame:
    """One row = one borough, offence and month; where two files hold a month, the newer one counts."""
    frames = []
    for path in sorted((OPEN / "metropolitan_police" / "recorded_crime").glob("recorded_crime_*.csv")):
        wide = pd.read_csv(path)
        wide.columns = ["group", "offence", "borough", *wide.columns[3:]]
        frames.append(wide.melt(["group", "offence", "borough"], var_name="month", value_name="count"))
    crime = pd.concat(frames).drop_duplicates(["group", "offence", "borough", "month"], keep="last")
    crime["month"] = pd.to_datetime(crime["month"], format="%Y%m")
    return crime


@st.cache_data
def load_population() -> pd.DataFrame:
    """Residents of each borough in the newest year."""
    people = pd.read_csv(next((OPEN / "office_for_national_statistics" / "population").glob("*.csv")))
    return people[people["year"] == people["year"].max()]


@st.cache_data
def load_boroughs() -> gpd.GeoDataFrame:
    """Outlines of the boroughs."""
    return gpd.read_file(OPEN / "ordnance_survey" / "london_boroughs" / "boroughs.topo.json").rename(
        columns={"id": "borough"}
    )


st.title("Recorded crime in London")
crime = load_crime()

left, right = st.columns(2)
choices = ["All offences", *sorted(crime["group"].unique()), *sorted(crime["offence"].unique())]
category = left.selectbox("Category", choices, key="category")
if category != "All offences":
    crime = crime[(crime["group"] == category) | (crime["offence"] == category)]
months = [month.strftime("%Y-%m") for month in sorted(crime["month"].unique(), reverse=True)]
month = right.selectbox("Month", months, key="month")

by_month = crime.groupby("month", as_index=False)["count"].sum()
st.subheader("Over time")
st.altair_chart(alt.Chart(by_month).mark_line().encode(x="month:T", y="count:Q", tooltip=["month:T", "count:Q"]))

of_month = crime[crime["month"] == pd.Timestamp(month)].groupby("borough", as_index=False)["count"].sum()
boroughs = load_boroughs().merge(of_month, on="borough", how="left").merge(load_population(), on="borough", how="left")
boroughs["rate"] = boroughs["count"] / boroughs["population"] * 1000
st.subheader(f"Per 1,000 residents, {month}")
shapes = (
    alt.Chart(alt.Data(values=json.loads(boroughs.to_json())["features"]))
    .mark_geoshape(stroke="white")
    .encode(
        color=alt.Color("properties.rate:Q", title="rate", scale=alt.Scale(scheme="blues")),
        tooltip=[alt.Tooltip("properties.borough:N", title="borough"), alt.Tooltip("properties.rate:Q", title="rate")],
    )
)
st.altair_chart(shapes.project("mercator").properties(height=400))

st.dataframe(
    crime.pivot_table(index="month", columns="borough", values="count", aggfunc="sum").sort_index(ascending=False)
)
