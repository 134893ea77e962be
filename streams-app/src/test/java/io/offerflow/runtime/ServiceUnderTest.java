package io.offerflow.runtime;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the service in a JVM of its own, so that it can be killed; settings are given as {@code key=value}. */
public final class ServiceUnderTest {

    static final String READY = "the service under test is ready";

    private ServiceUnderTest() {
    }

    public static void main(String[] settings) throws InterruptedException {
        Map<String, String> given = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            given.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        OfferService service = OfferService.start(ServiceConfig.of(given));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        if (service.awaitReady(Duration.ofSeconds(60))) {
            System.out.println(READY + ", port " + service.httpPort().orElse(0));
        }
        service.awaitEnd();
    }
}
