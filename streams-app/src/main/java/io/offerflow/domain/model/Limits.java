package io.offerflow.domain.model;

/** The limits of sections 6.2 and 6.3, of 2019 and early 2020; texts are counted in code points. */
public record Limits(
        @SettingDoc("maximum characters of an offer's alias (V3)") int alias,
        @SettingDoc("maximum categories of an offer") int categories,
        @SettingDoc("maximum industries of an offer") int industries,
        @SettingDoc("maximum sub-industries of one industry") int subIndustries,
        @SettingDoc("maximum characters of the terms of use") int termsOfUse,
        @SettingDoc("maximum characters of the name in Offer listing") int listingName,
        @SettingDoc("maximum characters of the summary in Offer listing") int summary,
        @SettingDoc("maximum characters of a description, in Offer listing and in Test drive") int description,
        @SettingDoc("maximum characters of getting started in Offer listing") int gettingStarted,
        @SettingDoc("maximum keywords in Offer listing") int keywords,
        @SettingDoc("maximum characters of the title of a useful link") int linkTitle,
        @SettingDoc("maximum documents in Offer listing") int documents,
        @SettingDoc("maximum screenshots in Offer listing") int screenshots,
        @SettingDoc("maximum videos in Offer listing") int videos,
        @SettingDoc("maximum testers of the preview typed in by hand") int testersByHand,
        @SettingDoc("maximum testers of the preview from a file") int testersImported,
        @SettingDoc("maximum characters of a document's file name") int fileName,
        @SettingDoc("maximum characters of the access information of a test drive") int accessInformation,
        @SettingDoc("maximum characters of the notes for certification (S8)") int notes,
        @SettingDoc("maximum plans of an offer (V12)") int plans,
        @SettingDoc("maximum private plans of an offer (V12)") int privatePlans,
        @SettingDoc("maximum characters of a plan's alias (V3)") int planAlias,
        @SettingDoc("maximum characters of a plan's name (V10)") int planName,
        @SettingDoc("maximum characters of a plan's description (V10)") int planDescription,
        @SettingDoc("maximum markets of a plan (V13)") int markets,
        @SettingDoc("maximum metered dimensions of a plan (V24)") int meteredDimensions,
        @SettingDoc("maximum members of a private audience typed in by hand (V21, B22)") int audienceByHand,
        @SettingDoc("maximum tenants of a private audience (V21, B61)") int audienceTenants,
        @SettingDoc("maximum subscriptions of a private audience (V21, B61)") int audienceSubscriptions,
        @SettingDoc("maximum characters of the label of an audience's member (V20)") int audienceLabel) {

    /** How many ids of a type a private audience may hold (B61). */
    public int audience(AudienceType type) {
        return type == AudienceType.TENANT ? audienceTenants : audienceSubscriptions;
    }

    /** The documented defaults. */
    public static final Limits DEFAULT = new Limits(120, 3, 2, 2, 10_000, 50, 100, 3_000, 3_000, 3, 255, 3, 5, 4, 10,
            20, 255, 10_000, 10_000, 100, 45, 125, 50, 500, 141, 30, 10, 20_000, 10_000, 1_000);
}
