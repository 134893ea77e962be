package io.offerflow.identity;

import io.offerflow.contract.Topic.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request: a person or a system.
 *
 * @param name as the identity provider knows it; recorded as the actor of its commands
 * @param roles of the topic catalogue: what a writer or reader of a topic may do there, its role may do over HTTP
 * @param publishers the publishers that it acts for; empty if it acts for all
 */
public record Caller(String name, Set<Role> roles, Optional<Set<String>> publishers) {

    /** The roles that a caller can have: all but those of the processes that answer it. */
    static final Set<Role> POSSIBLE_ROLES = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(Role.SERVICE, Role.GATEWAY)));

    /** May do everything: the caller of an API that asks for no identity. */
    public static final Caller UNRESTRICTED = new Caller("anonymous", POSSIBLE_ROLES, Optional.empty());

    private static final Set<Role> READERS_OF_ALL = EnumSet.of(Role.STATUS_READER, Role.COMMERCE);

    /** Whether it has one of these roles. */
    public boolean hasAny(Collection<Role> wanted) {
        return wanted.stream().anyMatch(roles::contains);
    }

    /** Whether it acts for this publisher. */
    public boolean actsFor(String publisherId) {
        return publishers.map(own -> own.contains(publisherId)).orElse(true);
    }

    /** The publishers whose offers it may read; empty if it may read all. A publisher reads its own offers only. */
    public Optional<Set<String>> readable() {
        if (hasAny(READERS_OF_ALL)) {
            return Optional.empty();
        }
        return roles.contains(Role.PUBLISHER) ? publishers : Optional.of(Set.of());
    }

    /** Whether it may read the offers of this publisher. */
    public boolean mayRead(String publisherId) {
        return readable().map(own -> own.contains(publisherId)).orElse(true);
    }
}
