import Central

CentralProgram.main()
