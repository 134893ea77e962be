package io.offerflow.notifier.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses webhooks may be sent to: none that are special by RFC 6890, such as those of this machine and of
 * private networks, unless a setting allows them.
 */
public final class AddressPolicy {

    private static final List<NetworkBlock> SPECIAL = Stream.of(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // of IPv6 only what is assigned to the Internet, and of that no addresses that contain one of IPv4
            "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
            .map(NetworkBlock::parse).toList();

    private final List<NetworkBlock> allowed;

    /**
     * The policy.
     *
     * @param allowed addresses and blocks that are allowed although they are special, separated by commas
     * @throws IllegalArgumentException if one of them is neither
     */
    public AddressPolicy(String allowed) {
        this.allowed = Arrays.stream(allowed.split(",")).map(String::strip).filter(text -> !text.isEmpty())
                .map(NetworkBlock::parse).toList();
    }

    /** Whether a setting allows the address, so that it is in a network of the operator. */
    boolean isOwn(InetAddress address) {
        return allowed.stream().anyMatch(block -> block.contains(address));
    }

    private boolean isAllowed(InetAddress address) {
        return isOwn(address) || SPECIAL.stream().noneMatch(block -> block.contains(address));
    }

    /**
     * Checks all addresses of a host.
     *
     * @param secure without TLS, only addresses of the operator's networks may be called
     * @return the addresses, to be connected to
     * @throws ForbiddenAddressException if one of them may not be called
     */
    InetAddress[] check(String host, InetAddress[] addresses, boolean secure) throws ForbiddenAddressException {
        Optional<InetAddress> forbidden = Arrays.stream(addresses).filter(address -> !isAllowed(address)).findFirst();
        if (forbidden.isPresent()) {
            throw new ForbiddenAddressException("%s has the address %s, which webhooks may not call; webhooks.allow "
                    .formatted(host, forbidden.get().getHostAddress()) + "can allow it");
        }
        if (!secure && !Arrays.stream(addresses).allMatch(this::isOwn)) {
            throw new ForbiddenAddressException("%s is called without TLS; expected an https URL".formatted(host));
        }
        return addresses;
    }

    /** A host has an address that may not be called. */
    static final class ForbiddenAddressException extends UnknownHostException {
        ForbiddenAddressException(String message) {
            super(message);
        }
    }
}
