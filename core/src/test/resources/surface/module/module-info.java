module org.example {
    requires org.agnesi;
}
