import type { Columns } from "./table.ts";

/** The tables of `vega-datasets` that {@link vegaDataset} knows, with what is said of their terms in its `datapackage.json`. */
export const vegaFiles = {
  cars: {
    file: "cars.json",
    md5: "2c2c4b49bd2a3ed0faff8387664deaea",
    licence:
      "Cars of 1970 to 1982, collected by E. Ramos and D. Donoho for the ASA Data Exposition of 1983 (StatLib): " +
      "distributed for educational and scientific purposes.",
    columns: {
      Name: "text",
      Miles_per_Gallon: "float32",
      Cylinders: "float32",
      Displacement: "float32",
      Horsepower: "float32",
      Weight_in_lbs: "float32",
      Acceleration: "float32",
      Year: "text",
      Origin: "category",
    },
  },
  penguins: {
    file: "penguins.json",
    md5: "da97e0ad6c2fe99f3eba8e8a43e076ce",
    licence: "Palmer penguins, by Kristen Gorman and the Palmer Station LTER: CC0 1.0.",
    columns: {
      Species: "category",
      Island: "category",
      "Beak Length (mm)": "float32",
      "Beak Depth (mm)": "float32",
      "Flipper Length (mm)": "float32",
      "Body Mass (g)": "float32",
      Sex: "category",
    },
  },
  stocks: {
    file: "stocks.csv",
    md5: "900f29be776e0d46f351d6dedf4dfd3c",
    licence: "Monthly share prices of five companies, vega-datasets: no licence of their own is stated.",
    columns: { symbol: "category", date: "text", price: "float32" },
  },
  sp500: {
    file: "sp500-2000.csv",
    md5: "52f72f4a35f30e46053a9f52634a8d62",
    licence: "S&P 500 index, 2000 to 2020, vega-datasets: no licence of its own is stated.",
    columns: { date: "text", open: "float32", high: "float32", low: "float32", close: "float32", volume: "float64" },
  },
  co2: {
    file: "co2-concentration.csv",
    md5: "b6d912e3168de3b3f24475980e28a7c4",
    licence: "Mauna Loa CO2, C. D. Keeling et al., Scripps CO2 Program: CC BY 4.0.",
    columns: { Date: "text", CO2: "float32", "adjusted CO2": "float32" },
  },
  weather: {
    file: "seattle-weather.csv",
    md5: "a0ed4d00f823a74a73798d4520e26874",
    licence: "Daily weather of Seattle, NOAA: a work of the government of the United States.",
    columns: {
      date: "text",
      precipitation: "float32",
      temp_max: "float32",
      temp_min: "float32",
      wind: "float32",
      weather: "category",
    },
  },
  gapminder: {
    file: "gapminder.json",
    md5: "094c47bfa745cd5cee972b25d4fd3b2d",
    licence: "Free data from gapminder.org: CC BY 4.0.",
    columns: {
      year: "int32",
      country: "category",
      cluster: "int32",
      pop: "float64",
      life_expect: "float32",
      fertility: "float32",
    },
  },
  electricity: {
    file: "iowa-electricity.csv",
    md5: "e90f57e7d2c02687d9f32e3df3483fc7",
    licence: "Electricity of Iowa by source, EIA: a work of the government of the United States.",
    columns: { year: "text", source: "category", net_generation: "float32" },
  },
  barley: {
    file: "barley.json",
    md5: "04c706637da3dadd404d6cea07aa6adf",
    licence: "Yields of barley, Minnesota Agricultural Experiment Station, 1934: no licence is stated.",
    columns: { yield: "float32", variety: "category", year: "int32", site: "category" },
  },
} as const satisfies Readonly<Record<string, VegaFile>>;

export type VegaName = keyof typeof vegaFiles;

export type VegaColumns<N extends VegaName> = (typeof vegaFiles)[N]["columns"];

interface VegaFile {
  readonly file: string;
  readonly md5: string;
  readonly licence: string;
  readonly columns: Columns;
}
