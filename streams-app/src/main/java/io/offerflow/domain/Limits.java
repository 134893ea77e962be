package io.offerflow.domain;

/** The limits of sections 6.2 and 6.3, of 2019 and early 2020; texts are counted in code points. */
public record Limits(int alias, int categories, int industries, int subIndustries, int termsOfUse, int listingName,
        int summary, int description, int gettingStarted, int keywords, int linkTitle, int documents, int screenshots,
        int videos, int testersByHand, int testersImported, int fileName, int accessInformation, int notes,
        int plans, int privatePlans, int planAlias, int planName, int planDescription, int markets,
        int meteredDimensions) {

    /** The documented defaults. */
    public static final Limits DEFAULT = new Limits(120, 3, 2, 2, 10_000, 50, 100, 3_000, 3_000, 3, 255, 3, 5, 4, 10,
            20, 255, 10_000, 10_000, 100, 45, 125, 50, 500, 141, 30);
}
