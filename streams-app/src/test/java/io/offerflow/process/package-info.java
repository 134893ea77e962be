/** Programs in JVMs of their own, which end with the JVM that started them. */
package io.offerflow.process;
