package io.offerflow.faults.run;

import io.offerflow.faults.cluster.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The instances that have no fault now. One of them is always left. */
final class InstancePool {

    private final List<Member> free;

    InstancePool(List<Member> instances) {
        this.free = new ArrayList<>(instances);
    }

    /** Waits for a number of instances to be free besides one, and takes them. */
    synchronized List<Member> take(int count, Random random) throws InterruptedException {
        while (count > 0 && free.size() <= count) {
            wait();
        }
        List<Member> taken = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            taken.add(free.remove(random.nextInt(free.size())));
        }
        return taken;
    }

    /** Waits for this instance to be free, with another one. */
    synchronized List<Member> take(Member instance) throws InterruptedException {
        while (free.size() < 2 || !free.remove(instance)) {
            wait();
        }
        return List.of(instance);
    }

    synchronized void giveBack(List<Member> taken) {
        free.addAll(taken);
        notifyAll();
    }
}
