package io.offerflow.gateway.guard;

import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.identity.Caller;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.jetty.server.handler.DoSHandler.LeakingBucketTrackerFactory;
import org.eclipse.jetty.server.handler.DoSHandler.Tracker;

/**
 * Bounds how many requests are served at a time, how much memory their bodies take, and how many each caller may send
 * in a second.
 */
public final class RequestLimits {

    private static final int CALLERS_KEPT = 10_000;
    private static final int KIB = 1024;
    /** What the bodies of all requests may take. */
    private static final int BODIES_KIB = 64 * KIB;

    private final int concurrent;
    private final int perSecond;
    private final Semaphore permits;
    private final Semaphore bodies = new Semaphore(BODIES_KIB);
    private final Tracker.Factory trackers;
    private final Map<String, Tracker> callers = new ConcurrentHashMap<>();

    /**
     * Limits of one gateway.
     *
     * @param concurrent requests at a time, those that wait for an outcome included
     * @param perSecond requests of a caller per second
     */
    public RequestLimits(int concurrent, int perSecond) {
        this.concurrent = concurrent;
        this.perSecond = perSecond;
        this.permits = new Semaphore(concurrent);
        this.trackers = new LeakingBucketTrackerFactory(perSecond);
    }

    /**
     * Serves a request, if there is a place and room for its body.
     *
     * @param bodyBytes the most that its body may take
     * @throws HttpError with status 429 if there is none
     */
    public ApiResponse serve(long bodyBytes, Supplier<ApiResponse> handler) {
        return within(permits, 1, () -> within(bodies, (int) ((bodyBytes + KIB - 1) / KIB), handler));
    }

    private ApiResponse within(Semaphore room, int needed, Supplier<ApiResponse> handler) {
        if (!room.tryAcquire(needed)) {
            throw HttpError.tooMany(1, "%d requests are being served already, or their bodies take all of %d KiB.",
                    concurrent - permits.availablePermits(), BODIES_KIB);
        }
        try {
            return handler.get();
        } finally {
            room.release(needed);
        }
    }

    /**
     * Counts a request of a caller.
     *
     * @throws HttpError with status 429 if there are too many
     */
    public void count(Caller caller) {
        long now = System.nanoTime();
        if (callers.size() >= CALLERS_KEPT) {
            callers.values().removeIf(tracker -> tracker.getExpireNanoTime() - now < 0);
        }
        if (!callers.computeIfAbsent(caller.name(), trackers::newTracker).onRequest(now)) {
            throw HttpError.tooMany(1, "\"%s\" may send %d requests per second.", caller.name(), perSecond);
        }
    }
}
