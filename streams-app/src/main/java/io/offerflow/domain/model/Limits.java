package io.offerflow.domain.model;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The limits of sections 6.2 and 6.3, of 2019 and early 2020; texts are counted in code points. */
public record Limits(
        @SettingDoc(value = "maximum characters of an offer's alias (V3)", standard = 120) int alias,
        @SettingDoc(value = "maximum categories of an offer", standard = 3) int categories,
        @SettingDoc(value = "maximum industries of an offer", standard = 2) int industries,
        @SettingDoc(value = "maximum sub-industries of one industry", standard = 2) int subIndustries,
        @SettingDoc(value = "maximum characters of the terms of use", standard = 10_000) int termsOfUse,
        @SettingDoc(value = "maximum characters of the name in Offer listing", standard = 50) int listingName,
        @SettingDoc(value = "maximum characters of the summary in Offer listing", standard = 100) int summary,
        @SettingDoc(value = "maximum characters of a description, in Offer listing and in Test drive", standard = 3_000)
                int description,
        @SettingDoc(value = "maximum characters of getting started in Offer listing", standard = 3_000)
                int gettingStarted,
        @SettingDoc(value = "maximum keywords in Offer listing", standard = 3) int keywords,
        @SettingDoc(value = "maximum characters of the title of a useful link", standard = 255) int linkTitle,
        @SettingDoc(value = "maximum documents in Offer listing", standard = 3) int documents,
        @SettingDoc(value = "maximum screenshots in Offer listing", standard = 5) int screenshots,
        @SettingDoc(value = "maximum videos in Offer listing", standard = 4) int videos,
        @SettingDoc(value = "maximum testers of the preview typed in by hand", standard = 10) int testersByHand,
        @SettingDoc(value = "maximum testers of the preview from a file", standard = 20) int testersImported,
        @SettingDoc(value = "maximum characters of a document's file name", standard = 255) int fileName,
        @SettingDoc(value = "maximum characters of the access information of a test drive", standard = 10_000)
                int accessInformation,
        @SettingDoc(value = "maximum characters of the notes for certification (S8)", standard = 10_000) int notes,
        @SettingDoc(value = "maximum plans of an offer (V12)", standard = 100) int plans,
        @SettingDoc(value = "maximum private plans of an offer (V12)", standard = 45) int privatePlans,
        @SettingDoc(value = "maximum characters of a plan's alias (V3)", standard = 125) int planAlias,
        @SettingDoc(value = "maximum characters of a plan's name (V10)", standard = 50) int planName,
        @SettingDoc(value = "maximum characters of a plan's description (V10)", standard = 500) int planDescription,
        @SettingDoc(value = "maximum markets of a plan (V13)", standard = 141) int markets,
        @SettingDoc(value = "maximum metered dimensions of a plan (V24)", standard = 30) int meteredDimensions,
        @SettingDoc(value = "maximum members of a private audience typed in by hand (V21, B22)", standard = 10)
                int audienceByHand,
        @SettingDoc(value = "maximum tenants of a private audience (V21, B61)", standard = 20_000) int audienceTenants,
        @SettingDoc(value = "maximum subscriptions of a private audience (V21, B61)", standard = 10_000)
                int audienceSubscriptions,
        @SettingDoc(value = "maximum characters of the label of an audience's member (V20)", standard = 1_000)
                int audienceLabel) {

    /** How many ids of a type a private audience may hold (B61). */
    public int audience(AudienceType type) {
        return type == AudienceType.TENANT ? audienceTenants : audienceSubscriptions;
    }

    /** Each limit with its standard value. */
    public static final Limits DEFAULT = standard();

    private static Limits standard() {
        RecordComponent[] limits = Limits.class.getRecordComponents();
        try {
            return Limits.class.getDeclaredConstructor(Arrays.stream(limits).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new)).newInstance(Arrays.stream(limits)
                    .map(limit -> (Object) limit.getAnnotation(SettingDoc.class).standard()).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("limits cannot be built from their standard values", e);
        }
    }
}
