package io.offerflow.topology;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Stands between the one step and its stores and topics, and counts what goes over: calls, records and bytes. */
final class StoreCallCounter {

    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** The same step over counted stores. */
    Processor<byte[], byte[], OutputKey, byte[]> around(Processor<byte[], byte[], OutputKey, byte[]> step) {
        return new Processor<>() {
            @Override
            public void init(ProcessorContext<OutputKey, byte[]> context) {
                step.init(counted(context));
            }

            @Override
            public void process(Record<byte[], byte[]> input) {
                step.process(input);
            }

            @Override
            public void close() {
                step.close();
            }
        };
    }

    /** What went over since the last time somebody asked. */
    SortedMap<String, Long> taken() {
        SortedMap<String, Long> taken = new TreeMap<>(counts);
        counts.clear();
        return taken;
    }

    @SuppressWarnings("unchecked")
    private ProcessorContext<OutputKey, byte[]> counted(ProcessorContext<OutputKey, byte[]> context) {
        return (ProcessorContext<OutputKey, byte[]>) proxy(ProcessorContext.class, context,
                (method, arguments, result) -> {
            if (method.getName().equals("getStateStore")) {
                return proxy(KeyValueStore.class, result, this.of((String) arguments[0]));
            }
            if (method.getName().equals("forward")) {
                count(arguments[1] + ": records", 1);
                count(arguments[1] + ": bytes", size(((Record<?, ?>) arguments[0]).value()));
            }
            return result;
        });
    }

    private Seen of(String store) {
        return (method, arguments, result) -> {
            String what = store + "." + method.getName();
            count(what, 1);
            for (int i = 0; arguments != null && i < arguments.length; i++) {
                count(what + ": bytes", size(arguments[i]));
            }
            count(what + ": bytes", size(result));
            return result instanceof KeyValueIterator<?, ?> rows ? proxy(KeyValueIterator.class, rows, of(what))
                    : result;
        };
    }

    private void count(String what, long by) {
        counts.merge(what, by, Long::sum);
    }

    private static long size(Object value) {
        return switch (value) {
            case byte[] bytes -> bytes.length;
            case KeyValue<?, ?> row -> size(row.key) + size(row.value);
            case null, default -> 0;
        };
    }

    /** What is made of a call and its result. */
    private interface Seen {
        Object call(Method method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, Object real, Seen seen) {
        return type.cast(Proxy.newProxyInstance(StoreCallCounter.class.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> {
                    if (method.getName().equals("forEachRemaining")) {
                        return InvocationHandler.invokeDefault(self, method, arguments); // row by row, and each is seen
                    }
                    try {
                        return seen.call(method, arguments, method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
