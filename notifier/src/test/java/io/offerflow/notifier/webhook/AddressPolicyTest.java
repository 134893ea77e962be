package io.offerflow.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.notifier.webhook.AddressPolicy.ForbiddenAddressException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks cannot be used to call what is inside the network. */
class AddressPolicyTest {

    private static final AddressPolicy CLOSED = new AddressPolicy("");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2001::1", "2001:db8::1"})
    void specialAddressesAreForbidden(String address) throws UnknownHostException {
        InetAddress[] one = {InetAddress.getByName(address)};
        assertThatThrownBy(() -> CLOSED.check("receiver.example", one, true))
                .isInstanceOf(ForbiddenAddressException.class).hasMessageContaining("webhooks.allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "172.15.255.255", "192.167.1.1", "11.0.0.1", "100.128.0.1",
        "2606:4700::1111", "2a00:1450:4001::1"})
    void addressesOfTheInternetAreAllowed(String address) throws UnknownHostException {
        InetAddress[] one = {InetAddress.getByName(address)};
        assertThatCode(() -> CLOSED.check("receiver.example", one, true)).doesNotThrowAnyException();
    }

    @Test
    void oneForbiddenAddressOfAHostIsEnough() throws UnknownHostException {
        InetAddress[] two = {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};
        assertThatThrownBy(() -> CLOSED.check("receiver.example", two, true))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void anOperatorCanAllowANetworkAndOnlyThereWithoutTls() throws UnknownHostException {
        AddressPolicy open = new AddressPolicy("10.1.0.0/16, ::1");
        InetAddress[] inside = {InetAddress.getByName("10.1.255.1")};
        InetAddress[] outside = {InetAddress.getByName("10.2.0.1")};
        InetAddress[] internet = {InetAddress.getByName("8.8.8.8")};
        assertThat(open.check("a", inside, false)).isEqualTo(inside);
        assertThatThrownBy(() -> open.check("a", outside, true)).isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> open.check("a", internet, false)).isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"receiver.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/x", "::1/129", "10.0.0.0.0"})
    void onlyAddressesAndBlocksCanBeAllowed(String text) {
        assertThatThrownBy(() -> new AddressPolicy(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
