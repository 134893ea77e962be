package io.offerflow.domain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The limits of sections 6.2 and 6.3, of 2019 and early 2020; texts are counted in code points. */
public record Limits(
        @Most("characters of an offer's alias (V3)") int alias,
        @Most("categories of an offer") int categories,
        @Most("industries of an offer") int industries,
        @Most("sub-industries of one industry") int subIndustries,
        @Most("characters of the terms of use") int termsOfUse,
        @Most("characters of the name in Offer listing") int listingName,
        @Most("characters of the summary in Offer listing") int summary,
        @Most("characters of a description, in Offer listing and in Test drive") int description,
        @Most("characters of getting started in Offer listing") int gettingStarted,
        @Most("keywords in Offer listing") int keywords,
        @Most("characters of the title of a useful link") int linkTitle,
        @Most("documents in Offer listing") int documents,
        @Most("screenshots in Offer listing") int screenshots,
        @Most("videos in Offer listing") int videos,
        @Most("testers of the preview typed in by hand") int testersByHand,
        @Most("testers of the preview from a file") int testersImported,
        @Most("characters of a document's file name") int fileName,
        @Most("characters of the access information of a test drive") int accessInformation,
        @Most("characters of the notes for certification (S8)") int notes,
        @Most("plans of an offer (V12)") int plans,
        @Most("private plans of an offer (V12)") int privatePlans,
        @Most("characters of a plan's alias (V3)") int planAlias,
        @Most("characters of a plan's name (V10)") int planName,
        @Most("characters of a plan's description (V10)") int planDescription,
        @Most("markets of a plan (V13)") int markets,
        @Most("metered dimensions of a plan (V24)") int meteredDimensions,
        @Most("members of a private audience typed in by hand (V21, B22)") int audienceByHand,
        @Most("tenants of a private audience (V21, B61)") int audienceTenants,
        @Most("subscriptions of a private audience (V21, B61)") int audienceSubscriptions,
        @Most("characters of the label of an audience's member (V20)") int audienceLabel) {

    /** What there may be at most so many of, for the operators' manual. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Most {
        /** In words, such as {@code plans of an offer}. */
        String value();
    }

    /** How many ids of a type a private audience may hold (B61). */
    int audience(AudienceType type) {
        return type == AudienceType.TENANT ? audienceTenants : audienceSubscriptions;
    }

    /** The documented defaults. */
    public static final Limits DEFAULT = new Limits(120, 3, 2, 2, 10_000, 50, 100, 3_000, 3_000, 3, 255, 3, 5, 4, 10,
            20, 255, 10_000, 10_000, 100, 45, 125, 50, 500, 141, 30, 10, 20_000, 10_000, 1_000);
}
