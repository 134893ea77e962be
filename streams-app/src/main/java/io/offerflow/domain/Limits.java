package io.offerflow.domain;

/** The limits of sections 6.2 and 6.3, of 2019 and early 2020; texts are counted in code points. */
public record Limits(
        @Doc("maximum characters of an offer's alias (V3)") int alias,
        @Doc("maximum categories of an offer") int categories,
        @Doc("maximum industries of an offer") int industries,
        @Doc("maximum sub-industries of one industry") int subIndustries,
        @Doc("maximum characters of the terms of use") int termsOfUse,
        @Doc("maximum characters of the name in Offer listing") int listingName,
        @Doc("maximum characters of the summary in Offer listing") int summary,
        @Doc("maximum characters of a description, in Offer listing and in Test drive") int description,
        @Doc("maximum characters of getting started in Offer listing") int gettingStarted,
        @Doc("maximum keywords in Offer listing") int keywords,
        @Doc("maximum characters of the title of a useful link") int linkTitle,
        @Doc("maximum documents in Offer listing") int documents,
        @Doc("maximum screenshots in Offer listing") int screenshots,
        @Doc("maximum videos in Offer listing") int videos,
        @Doc("maximum testers of the preview typed in by hand") int testersByHand,
        @Doc("maximum testers of the preview from a file") int testersImported,
        @Doc("maximum characters of a document's file name") int fileName,
        @Doc("maximum characters of the access information of a test drive") int accessInformation,
        @Doc("maximum characters of the notes for certification (S8)") int notes,
        @Doc("maximum plans of an offer (V12)") int plans,
        @Doc("maximum private plans of an offer (V12)") int privatePlans,
        @Doc("maximum characters of a plan's alias (V3)") int planAlias,
        @Doc("maximum characters of a plan's name (V10)") int planName,
        @Doc("maximum characters of a plan's description (V10)") int planDescription,
        @Doc("maximum markets of a plan (V13)") int markets,
        @Doc("maximum metered dimensions of a plan (V24)") int meteredDimensions,
        @Doc("maximum members of a private audience typed in by hand (V21, B22)") int audienceByHand,
        @Doc("maximum tenants of a private audience (V21, B61)") int audienceTenants,
        @Doc("maximum subscriptions of a private audience (V21, B61)") int audienceSubscriptions,
        @Doc("maximum characters of the label of an audience's member (V20)") int audienceLabel) {

    /** How many ids of a type a private audience may hold (B61). */
    int audience(AudienceType type) {
        return type == AudienceType.TENANT ? audienceTenants : audienceSubscriptions;
    }

    /** The documented defaults. */
    public static final Limits DEFAULT = new Limits(120, 3, 2, 2, 10_000, 50, 100, 3_000, 3_000, 3, 255, 3, 5, 4, 10,
            20, 255, 10_000, 10_000, 100, 45, 125, 50, 500, 141, 30, 10, 20_000, 10_000, 1_000);
}
