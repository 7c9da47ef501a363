use crate::arguments::Where;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::storage;

/// Re-reads the register and names the first bad record.
pub async fn run(options: &Where, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(options)?;
    let register = storage::open_unchecked(&place).await?;
    match comity_register::verify(register.as_ref(), |_| {}).await {
        Ok(verified) => {
            println!(
                "{} records in {} batches are as they should be",
                verified.head.size, verified.commits
            );
            println!("root {}", verified.head.root);
            Ok(())
        }
        Err(fault) => {
            eprintln!("the register does not verify");
            eprintln!("  {fault}");
            eprintln!("  hint: {}", fault.hint());
            Err(Failure::NotVerified)
        }
    }
}
