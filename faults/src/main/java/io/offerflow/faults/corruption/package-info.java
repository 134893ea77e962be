/** One changed file at a time: whether the change is noticed, harmless, or leads to a wrong decision. */
package io.offerflow.faults.corruption;
