package io.offerflow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private final Router router = new Router()
            .get("/", call -> ApiResponse.text("text/plain", "page"))
            .get("/offers", call -> ApiResponse.text("text/plain", "list"))
            .get("/offers/{publisher}/{offer}", call -> ApiResponse.text("text/plain",
                    call.pathParameters().get("publisher") + " and " + call.pathParameters().get("offer")));

    @ParameterizedTest
    @CsvSource({"/, page", "/offers, list", "/offers/, list", "/offers?page=2, list", "/offers/a/b, a and b",
        "/offers/a/b%2Fc, a and b/c", "/offers/a/b+c, a and b+c"})
    void anAddressIsTakenSegmentBySegment(String address, String answer) {
        assertThat(ask("GET", address).text()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/offer", "/offers/a", "/offers/a/b/c", "//offers"})
    void anAddressThatIsNoneIsNotFound(String address) {
        assertThatThrownBy(() -> ask("GET", address)).isInstanceOf(HttpError.class)
                .hasMessageContaining("/openapi.yaml").extracting(error -> ((HttpError) error).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void nothingCanBeWritten(String method) {
        ApiResponse answer = ask(method, "/offers");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void anAnswerThatHasToWaitSaysForHowLong() {
        ApiResponse answer = HttpError.unavailable("REBALANCING", 3, "On the move.").response();

        assertThat(answer.headers()).containsEntry("Retry-After", "3");
        assertThat(answer.text()).isEqualTo(
                "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                + "\"reason\":\"REBALANCING\",\"detail\":\"On the move. Ask again in 3 s.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "x", "201", "99999999999999999999"})
    void aNumberThatIsNoneIsRefused(String given) {
        assertThatThrownBy(() -> call("/offers?size=" + given).number("size", 1, 200))
                .hasMessage("Expected size to be a whole number from 1 to 200, but it is \"%s\".", given);
    }

    @Test
    void aParameterThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> call("/offers?stauts=LIVE").allowParameters("status"))
                .hasMessageContaining("\"stauts\"");
        assertThatThrownBy(() -> call("/offers?to=dreft").oneOf("to", "draft", List.of("draft", "live")))
                .hasMessageContaining("draft, live").hasMessageContaining("dreft");
    }

    private ApiResponse ask(String method, String address) {
        return router.handle(ApiRequest.of(method, URI.create("http://localhost" + address)));
    }

    private static ApiRequest call(String address) {
        return ApiRequest.of("GET", URI.create("http://localhost" + address));
    }
}
