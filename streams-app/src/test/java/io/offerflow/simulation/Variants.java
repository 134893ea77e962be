package io.offerflow.simulation;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.outputs.Projection.OutputRow;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Ways to change the rules in one place, everything else as it is. */
final class Variants {

    /** Changes a decision. */
    @FunctionalInterface
    interface Answer<C extends Command> {
        Decision instead(OfferState offer, C command, Decision right);
    }

    /** Changes the state after an entry. */
    @FunctionalInterface
    interface Effect {
        OfferState instead(OfferState before, Transition happened, OfferState after);
    }

    /** Changes the records of an output. */
    @FunctionalInterface
    interface Output {
        List<OutputRow> instead(Transition transition, List<OutputRow> right);
    }

    private Variants() {
    }

    /** A command is decided as if it were another one. */
    static <C extends Command> UnaryOperator<Rules> takenFor(Class<C> type, BiFunction<OfferState, C, Command> other) {
        return received((offer, envelope) -> type.isInstance(envelope.command())
                ? with(envelope, envelope.commandId(), other.apply(offer, type.cast(envelope.command()))) : envelope);
    }

    /** An input is decided as if its envelope were another one. */
    static UnaryOperator<Rules> received(BiFunction<OfferState, CommandEnvelope, CommandEnvelope> other) {
        return decided((rules, offer, envelope, at, right) -> {
            CommandEnvelope read = other.apply(offer, envelope);
            return read.equals(envelope) ? right : rules.take(offer, read, at).decision();
        });
    }

    /** A command is decided as if the offer were in another state. */
    static <C extends Command> UnaryOperator<Rules> seen(Class<C> type, BiFunction<OfferState, C, OfferState> other) {
        return decided((rules, offer, envelope, at, right) -> {
            if (!type.isInstance(envelope.command()) || !offer.header().exists()) {
                return right;
            }
            OfferState seen = other.apply(offer, type.cast(envelope.command()));
            return seen == offer ? right : rules.take(seen, envelope, at).decision();
        });
    }

    /** A command is answered with another decision. */
    static <C extends Command> UnaryOperator<Rules> answered(Class<C> type, Answer<C> other) {
        return decided((rules, offer, envelope, at, right) -> type.isInstance(envelope.command())
                ? other.instead(offer, type.cast(envelope.command()), right) : right);
    }

    /** A refusal with this reason is not made; this decision is. */
    static <C extends Command> UnaryOperator<Rules> unrefused(Class<C> type, Reason reason,
            BiFunction<OfferState, C, Optional<Decision>> other) {
        return answered(type, (offer, command, right) -> right instanceof Decision.Rejected no && no.reason() == reason
                ? other.apply(offer, command).orElse(right) : right);
    }

    /** An event of a decision is another one. */
    static <E extends Event> UnaryOperator<Rules> decidedEvent(Class<E> type, BiFunction<OfferState, E, Event> other) {
        return answered(Command.class, (offer, command, right) -> replaced(type, right, event ->
                other.apply(offer, event)));
    }

    /** Other events are due. */
    static UnaryOperator<Rules> due(BiFunction<OfferState, List<Entry.DueEvent>, List<Entry.DueEvent>> other) {
        return rules -> new Delegate(rules) {
            @Override
            public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
                return fallenDue(offer, rules.take(offer, envelope, appendedAt));
            }

            @Override
            public Optional<Entry> advance(OfferState offer, Instant until) {
                return rules.advance(offer, until).map(entry -> fallenDue(offer, entry));
            }

            private Entry fallenDue(OfferState offer, Entry right) {
                return new Entry(right.sequence(), right.clock(), right.envelope(),
                        other.apply(offer, right.dueEvents()),
                        right.decision());
            }
        };
    }

    /** An event that is due is another one. */
    static <E extends Event> UnaryOperator<Rules> dueEvent(Class<E> type,
            BiFunction<OfferState, Entry.DueEvent, Event> other) {
        return due((offer, all) -> all.stream().map(due -> type.isInstance(due.event())
                ? new Entry.DueEvent(due.at(), due.rule(), other.apply(offer, due)) : due).toList());
    }

    /** An entry leads to another state. */
    static UnaryOperator<Rules> applied(Effect other) {
        return rules -> new Delegate(rules) {
            @Override
            public OfferState apply(OfferState offer, Entry entry) {
                OfferState after = rules.apply(offer, entry);
                return other.instead(offer, new Transition(Optional.empty(), offer, entry, after), after);
            }
        };
    }

    /** An event leads to another state. */
    static UnaryOperator<Rules> applied(Class<? extends Event> type, Effect other) {
        return applied((before, transition, after) -> transition.happened(type)
                ? other.instead(before, transition, after) : after);
    }

    /** An entry is applied as if it were another one. */
    static UnaryOperator<Rules> appliedAs(UnaryOperator<Entry> other) {
        return rules -> new Delegate(rules) {
            @Override
            public OfferState apply(OfferState offer, Entry entry) {
                return rules.apply(offer, other.apply(entry));
            }
        };
    }

    /** An output has other records. */
    static UnaryOperator<Rules> written(Topic topic, Output other) {
        return rules -> new Delegate(rules) {
            @Override
            public List<OutputRow> records(Projection output, Transition transition) {
                List<OutputRow> right = rules.records(output, transition);
                return output.topic() == topic ? other.instead(transition, right) : right;
            }
        };
    }

    static Decision accept(List<Event> events) {
        return Decision.accept(Rule.NONE, events);
    }

    static Decision accept(Event... events) {
        return Decision.accept(Rule.NONE, events);
    }

    /** The decision with another event instead of those of a type. */
    static <E extends Event> Decision replaced(Class<E> type, Decision right, Function<E, Event> other) {
        return right.events().stream().noneMatch(type::isInstance) ? right : accept(right.events().stream()
                .map(event -> type.isInstance(event) ? other.apply(type.cast(event)) : event).toList());
    }

    static Decision refuse(Reason reason) {
        return Decision.reject(Rule.NONE, reason, "a planted mistake");
    }

    static CommandEnvelope with(CommandEnvelope envelope, String commandId, Command command) {
        return new CommandEnvelope(commandId, envelope.actor(), envelope.expectedVersion(), envelope.validateOnly(),
                envelope.digest(), command);
    }

    static Entry with(Entry entry, Decision decision) {
        return new Entry(entry.sequence(), entry.clock(), entry.envelope(), entry.dueEvents(), decision);
    }

    static Entry at(Instant now, Entry entry) {
        return new Entry(entry.sequence(), now, entry.envelope(), entry.dueEvents(), entry.decision());
    }

    /** The state after an event. */
    static OfferState after(OfferState offer, Event event) {
        return OfferEvolver.apply(offer, event, offer.header().clock());
    }

    /** The decision about an offer on which all that was due has happened. */
    @FunctionalInterface
    private interface Decider {
        Decision decide(Rules rules, OfferState offer, CommandEnvelope envelope, Instant at, Decision right);
    }

    private static UnaryOperator<Rules> decided(Decider decider) {
        return rules -> new Delegate(rules) {
            @Override
            public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
                Entry right = rules.take(offer, envelope, appendedAt);
                OfferState advanced = offer;
                for (Entry.DueEvent due : right.dueEvents()) {
                    advanced = OfferEvolver.apply(advanced, due.event(), due.at());
                }
                Decision wrong = decider.decide(rules, advanced, envelope, appendedAt, right.decision());
                return wrong == right.decision() ? right : entry(offer, right, envelope, wrong);
            }
        };
    }

    /** A dry run has no events (B41); an entry with events, unless a customer asked, touches the offer. */
    private static Entry entry(OfferState offer, Entry right, CommandEnvelope envelope, Decision wrong) {
        Decision effective = envelope.validateOnly() && wrong instanceof Decision.Accepted accepted
                ? new Decision.Accepted(accepted.rule(), List.of(), accepted.download()) : wrong;
        boolean touches = !effective.events().isEmpty() && !(envelope.command() instanceof Command.ByCustomer);
        return new Entry(touches ? offer.header().sequence() + 1 : right.sequence(), right.clock(), right.envelope(),
                right.dueEvents(), effective);
    }

    /** The same rules. */
    static class Delegate implements Rules {
        private final Rules rules;

        Delegate(Rules rules) {
            this.rules = rules;
        }

        @Override
        public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
            return rules.take(offer, envelope, appendedAt);
        }

        @Override
        public Optional<Entry> advance(OfferState offer, Instant until) {
            return rules.advance(offer, until);
        }

        @Override
        public OfferState apply(OfferState offer, Entry entry) {
            return rules.apply(offer, entry);
        }

        @Override
        public List<OutputRow> records(Projection output, Transition transition) {
            return rules.records(output, transition);
        }
    }
}
