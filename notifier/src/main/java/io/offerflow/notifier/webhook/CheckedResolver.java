package io.offerflow.notifier.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names and checks the addresses. The client connects to exactly the addresses that it returns, so that a name
 * cannot have another address when it is called than when it was checked.
 */
final class CheckedResolver implements DnsResolver {

    private final AddressPolicy policy;
    private final boolean secure;
    private final DnsResolver names;

    CheckedResolver(AddressPolicy policy, boolean secure) {
        this(policy, secure, SystemDefaultDnsResolver.INSTANCE);
    }

    CheckedResolver(AddressPolicy policy, boolean secure, DnsResolver names) {
        this.policy = policy;
        this.secure = secure;
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return policy.check(host, names.resolve(host), secure);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
