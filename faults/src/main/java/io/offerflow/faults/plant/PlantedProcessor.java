package io.offerflow.faults.plant;

import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.row.RecentCommands;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputKey;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The processor of the service with a defect in its stores or in what it forwards. */
final class PlantedProcessor implements Processor<byte[], byte[], OutputKey, byte[]> {

    private final Processor<byte[], byte[], OutputKey, byte[]> processor;
    private final Plant plant;
    private final StateCodec codec = new StateCodec();
    private final List<Runnable> late = new ArrayList<>();
    private boolean ticking;

    PlantedProcessor(Processor<byte[], byte[], OutputKey, byte[]> processor, Plant plant) {
        this.processor = processor;
        this.plant = plant;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void init(ProcessorContext<OutputKey, byte[]> context) {
        late.clear();
        processor.init((ProcessorContext<OutputKey, byte[]>) proxy(ProcessorContext.class, (self, method, arguments) ->
                switch (method.getName()) {
                    case "getStateStore" -> store(context, (String) arguments[0]);
                    case "schedule" -> call(context, method, arguments[0], arguments[1],
                            (Punctuator) at -> tick((Punctuator) arguments[2], at));
                    case "forward" -> isForgotten(arguments) ? null : call(context, method, arguments);
                    default -> call(context, method, arguments);
                }));
    }

    private void tick(Punctuator punctuator, long at) {
        writeLate();
        ticking = true;
        punctuator.punctuate(at);
        ticking = false;
    }

    private boolean isForgotten(Object[] arguments) {
        return plant == Plant.OUTPUT_FORGOTTEN && ticking && Arrays.asList(arguments)
                .contains(OfferTopology.sink(Topic.OFFER_STATUS));
    }

    private Object store(ProcessorContext<OutputKey, byte[]> context, String name) {
        KeyValueStore<byte[], byte[]> store = context.getStateStore(name);
        return name.equals(OfferTopology.OFFERS) ? proxy(KeyValueStore.class, (self, method, arguments) -> {
            boolean writes = method.getName().equals("put") || method.getName().equals("delete");
            if (plant == Plant.WRITE_APART && writes) {
                return late.add(() -> call(store, method, arguments)) ? null : store;
            }
            Object found = call(store, method, arguments);
            return plant == Plant.DEDUP_OFF && found instanceof byte[] header ? forgetful(header) : found;
        }) : store;
    }

    private byte[] forgetful(byte[] header) {
        OfferHeader all = codec.decodeHeader(header);
        return codec.encode(new OfferHeader(all.exists(), all.sequence(), all.clock(), all.type(), all.alias(),
                all.revision(), all.submission(), all.liveVersion(), all.features(), all.sections(), all.run(),
                all.live(), all.stop(), all.planStops(), all.epoch(), all.revocations(), all.nothingToSell(),
                all.audience(), all.removal(), RecentCommands.EMPTY, RecentCommands.EMPTY));
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object target, Method method, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        writeLate();
        processor.process(record);
    }

    private void writeLate() {
        late.forEach(Runnable::run);
        late.clear();
    }

    @Override
    public void close() {
        processor.close();
    }
}
