package io.offerflow.contract.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryOptionsTest {

    @Test
    void severalAddressesAreSeparatedByCommas() {
        assertThat(RegistryOptions.at("http://a:8081/ , https://b/apis/ccompat/v7").urls())
                .containsExactly(URI.create("http://a:8081"), URI.create("https://b/apis/ccompat/v7"));
    }

    @Test
    void credentialsInAnAddressAreTakenOutOfIt() {
        RegistryOptions options = RegistryOptions.at("http://robot:s3cret@a:8081");

        assertThat(options.urls()).containsExactly(URI.create("http://a:8081"));
        assertThat(options.credentials()).contains("robot:s3cret");
    }

    @Test
    void credentialsAreNeverPrinted() {
        assertThat(RegistryOptions.at("http://a").withBasicAuth("robot:s3cret").toString())
                .contains("http://a").doesNotContain("robot", "s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://robot:s3cret@a", "http://robot:s3cret@a b", "robot:s3cret@a:8081", "a:8081", "",
        "http://a?x=1", "http:///subjects", "http://robot:s3cret,x@a", "http://robot:s3cret/x@a"})
    void whatIsNoAddressIsRefusedWithoutShowingThePassword(String text) {
        assertThatThrownBy(() -> RegistryOptions.at(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address of a schema registry").hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void credentialsWithoutAUserAreRefusedWithoutShowingThem() {
        RegistryOptions options = RegistryOptions.at("http://a");

        assertThatThrownBy(() -> options.withBasicAuth("s3cret")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user:password").hasMessageNotContaining("s3cret");
    }

    @Test
    void patienceMustBePositive() {
        RegistryOptions options = RegistryOptions.at("http://a");

        assertThatThrownBy(() -> options.withPatience(Duration.ZERO)).hasMessageContaining("patience");
        assertThatThrownBy(() -> options.withConnectTimeout(Duration.ofMillis(-1)))
                .hasMessageContaining("connect timeout");
    }
}
